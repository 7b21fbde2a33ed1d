//! The names that demo people are put together from, by language.
//!
//! Words are separated by white space; `_` stands for a space within one name, and `|` precedes
//! the Latin spelling that usernames and e-mail addresses are made of, where folding the name does
//! not give it. To add a language: a row of [`CULTURES`].
//!
//! Phone numbers (`#` is a digit) are ones that nobody has: those set apart for film and
//! television where a country has them, and else ones that begin with `000`, which none assigns.

/// Names of one language.
pub struct Culture {
    /// How common it is.
    pub weight: u32,
    /// How a full name is put together.
    pub order: Order,
    /// Given names of women and of men.
    pub given: [&'static str; 2],
    /// Family names of women and of men; one list where they are the same.
    pub family: &'static [&'static str],
    /// A phone number.
    pub phone: &'static str,
}

/// How a full name is put together.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Given name, family name.
    GivenFirst,
    /// Given name, two family names.
    TwoFamilies,
    /// Given name, family name; now and then two of one kind with a hyphen.
    Hyphens,
    /// Family name, given name.
    FamilyFirst,
    /// Family name, given name, without a space.
    FamilyFirstJoined,
}

use Order::{FamilyFirst, FamilyFirstJoined, GivenFirst, Hyphens, TwoFamilies};

/// All languages.
pub const CULTURES: &[Culture] = &[
    // English
    Culture {
        weight: 140,
        order: Hyphens,
        given: [
            "Amelia Charlotte Grace Olivia Isla Freya Harriet Imogen Niamh Saoirse Siân Zoë Chloe Hannah Lucy Megan Rosalind Beatrice Maeve Abigail Eleanor Phoebe",
            "Oliver George Harry Jack Noah Alfie Callum Declan Eoin Ewan Gareth Hugh Liam Owen Rhys Seán Thomas William Rupert Benjamin Samuel Theodore",
        ],
        family: &[
            "Ashworth Baker Barrow Blackwood Carmichael Clarke Davies Evans Fairfax Fletcher Gallagher Harding Hughes Jenkins Kavanagh Llewellyn MacDonald McAllister Merryweather Morgan Murphy Ó_Briain O’Connor O’Malley O’Sullivan Pemberton Price Roberts Sinclair Taylor Thornton Walker Whitaker Wilson Wright Yates",
        ],
        phone: "+447700900###",
    },
    // English, of North America
    Culture {
        weight: 70,
        order: GivenFirst,
        given: [
            "Madison Ashley Brianna Kayla Savannah Paige Jasmine Aaliyah Mackenzie Skylar Nora Hazel Autumn Willow June",
            "Tyler Logan Brandon Ethan Mason Dylan Wyatt Marcus Jamal Andre Caleb Austin Xavier Hunter Miles",
        ],
        family: &[
            "Anderson Bennett Brooks Carter Coleman Cooper Diaz Foster Freeman Greene Hayes Henderson Jefferson Johnson Kowalski Lewis Martinez Mitchell Nelson Parker Reyes Robinson Sanders Sullivan Torres Washington Watson Young",
        ],
        phone: "+120255501##",
    },
    // German
    Culture {
        weight: 130,
        order: Hyphens,
        given: [
            "Anna Lena Mara Jana Katharina Sabine Ulrike Ute Käthe|kaethe Jördis|joerdis Friederike Annegret Heike Marlene Sophie Leonie Theresa Brigitte Rosmarie Dörte|doerte Antje Viktoria",
            "Hans Jürgen|juergen Jörg|joerg Björn|bjoern Matthias Lukas Felix Maximilian Günther|guenther Götz|goetz Florian Sebastian Tobias Andreas Klaus Stefan Wolfgang Moritz Leopold Valentin Joachim Rüdiger|ruediger",
        ],
        family: &[
            "Bauer Brandt Fischer Gruber Huber Hofmann Jäger|jaeger Kaiser Keller Köhler|koehler Krüger|krueger Lüdenscheidt|luedenscheidt Meißner|meissner Moser Müller|mueller Neumann Pöschl|poeschl Richter Schäfer|schaefer Schmidt Schröder|schroeder Schulz Schwarzenegger Steiner Straßer|strasser Vogel von_Hohenberg Wagner Weiß|weiss Winkler Zimmermann Zürcher|zuercher Grabner Pfeiffer",
        ],
        phone: "+493023125###",
    },
    // French
    Culture {
        weight: 80,
        order: Hyphens,
        given: [
            "Amélie Aurélie Camille Chloé Eléonore Éloïse Geneviève Héloïse Inès Joséphine Léa Manon Maëlys Noémie Océane Solène Zoé Margaux",
            "Adrien Antoine Baptiste Benoît Étienne François Gaël Guillaume Hugo Jérôme Léo Loïc Mathéo Raphaël Rémi Théo Thibault Yann",
        ],
        family: &[
            "Beauchêne Bélanger Bertrand Boucher Chevalier d’Aubigny|daubigny de_La_Fontaine Dubois Dupré Durand Fournier Gauthier Gérard Girard Lambert Laurent Lefèvre Legrand Marchand Mercier Moreau Noël Pelletier Perrault Renard Rousseau Saint-Exupéry Tremblay Vallée",
        ],
        phone: "+33639980###",
    },
    // Italian
    Culture {
        weight: 85,
        order: GivenFirst,
        given: [
            "Alessandra Beatrice Chiara Elisabetta Federica Francesca Giulia Ginevra Ilaria Lucia Martina Niccoletta Ornella Paola Serena Sofia Valentina Veronica",
            "Alessandro Andrea Davide Edoardo Emanuele Fabrizio Gianluca Giacomo Lorenzo Luca Matteo Niccolò Pierpaolo Riccardo Salvatore Simone Tommaso Vincenzo",
        ],
        family: &[
            "Barbieri Bianchi Caruso Colombo Conti D’Angelo|dangelo Dall’Oglio|dalloglio De_Luca De_Santis Della_Rovere Esposito Fabbri Ferrari Gallo Galli Giordano Lo_Presti Lombardi Mancini Marchetti Moretti Niccolò Pellegrini Ricci Rinaldi Rossi Russo Santoro Serra Vitale Zanella",
        ],
        phone: "+390005######",
    },
    // Spanish
    Culture {
        weight: 80,
        order: TwoFamilies,
        given: [
            "Alba Begoña Carmen Consuelo Inés Irene Itziar Jimena Leire Lucía María_José Martina Nerea Paloma Pilar Rocío Sofía Ximena",
            "Alejandro Álvaro Andrés Ángel Diego Emilio Gonzalo Hernán Íñigo Iván Javier Joaquín José_Luis Martín Nicolás Óscar Raúl Sebastián",
        ],
        family: &[
            "Álvarez Aguirre Benítez Cabrera Castañeda Delgado Domínguez Etxeberria Fernández García Gómez González Gutiérrez Hernández Ibáñez Jiménez López Marín Méndez Muñoz Núñez Ordóñez Ortiz Peña Quiñones Ramírez Rodríguez Sáez Suárez Vázquez Velázquez Zúñiga",
        ],
        phone: "+340006######",
    },
    // Portuguese
    Culture {
        weight: 60,
        order: TwoFamilies,
        given: [
            "Ana_Luísa Beatriz Bárbara Catarina Conceição Débora Fernanda Inês Joana Júlia Larissa Letícia Luíza Mônica Raquel Thaís",
            "Afonso André Antônio Caetano César Fábio Gonçalo Henrique João João_Pedro Luís Mateus Nuno Otávio Rogério Simão Tiago Vinícius",
        ],
        family: &[
            "Albuquerque Almeida Araújo Barbosa Brandão Cardoso Carvalho Conceição da_Silva de_Assunção dos_Santos Falcão Ferreira Gonçalves Guimarães Lourenço Magalhães Medeiros Monteiro Nóbrega Oliveira Pereira Simões Sousa Teixeira Vasconcelos",
        ],
        phone: "+550009#######",
    },
    // Dutch
    Culture {
        weight: 35,
        order: GivenFirst,
        given: [
            "Anouk Daniëlle Femke Fleur Iris Jolijn Lieke Lotte Marloes Noor Renée Sanne Zoë",
            "Bram Daan Gijs Jeroen Joost Koen Maarten Mees Pieter Ruben Sjoerd Teun Wouter",
        ],
        family: &[
            "Bakker Brouwer de_Jong de_Vries Dijkstra Hoekstra Janssen Kuipers Meijer Mulder Postma Schouten Smit ter_Haar van_den_Berg van_der_Meer van_’t_Hoff|vanthoff Verhoeven Visser Zuiderduin",
        ],
        phone: "+310006######",
    },
    // The north
    Culture {
        weight: 45,
        order: GivenFirst,
        given: [
            "Åsa|asa Astrid Elín Freja Guðrún|gudrun Ingrid Kristín Linnéa Maja Märta|marta Sigrún Siri Sølvi|solvi Tuuli Ylva Äänekki|aanekki Þórdís|thordis",
            "Anders Aksel Björn Eero Gunnar Håkon|hakon Ísak Jens Jonas Jørgen|jorgen Lasse Mikkel Ólafur Pekka Søren|soren Väinö|vaino Þorsteinn|thorsteinn",
        ],
        family: &[
            "Åkerlund Andersson Bergström Björnsdóttir Blomqvist Dahl Eriksen Guðmundsson|gudmundsson Halvorsen Häkkinen Høgh|hoegh Jørgensen|jorgensen Kjærgaard|kjaergaard Korhonen Kristiansen Lindqvist Mäkinen Nilsson Ødegård|odegard Rasmussen Sandström Sørensen|sorensen Virtanen",
        ],
        phone: "+463139006##",
    },
    // Polish
    Culture {
        weight: 45,
        order: Hyphens,
        given: [
            "Agnieszka Aleksandra Bożena Elżbieta Grażyna Jadwiga Joanna Kasia Łucja Małgorzata Oliwia Świętosława Zofia Żaneta",
            "Andrzej Bartosz Błażej Grzegorz Jakub Kazimierz Krzysztof Łukasz Michał Mieczysław Paweł Stanisław Sławomir Wojciech",
        ],
        family: &[
            "Dąbrowska Gałązka Jabłońska Kaczmarek Kowalczyk Lewandowska Mazur Nowak Pietrzak Szczepańska Wiśniewska Wójcik Wróbel Zawadzka Zielińska Żółtowska",
            "Brzęczyszczykiewicz Dąbrowski Gałązka Jabłoński Kaczmarek Kowalczyk Lewandowski Mazur Nowak Pietrzak Szczepański Wiśniewski Wójcik Wróbel Zawadzki Zieliński",
        ],
        phone: "+480005######",
    },
    // Czech
    Culture {
        weight: 20,
        order: GivenFirst,
        given: [
            "Anežka Božena Eliška Jiřina Kateřina Lucie Markéta Růžena Tereza Zdeňka",
            "Bedřich Jaroslav Jiří Lukáš Miloš Ondřej Řehoř Štěpán Tomáš Vojtěch",
        ],
        family: &[
            "Černá Dvořáková Havlíčková Horáková Kučerová Němcová Nováková Procházková Růžičková Svobodová Šimková Veselá",
            "Černý Dvořák Havlíček Horák Kučera Němec Novák Procházka Růžička Svoboda Šimek Veselý",
        ],
        phone: "+420000######",
    },
    // Bosnian, Croatian, Montenegrin, Serbian
    Culture {
        weight: 25,
        order: GivenFirst,
        given: [
            "Ana Dragana Đurđica|djurdjica Ines Jelena Ljiljana Milica Nevena Snežana Tamara Vesna Željka",
            "Bojan Darko Dušan Goran Ivan Luka Mihajlo Nenad Ognjen Siniša Vuk Željko",
        ],
        family: &[
            "Babić Đorđević|djordjevic Horvat Ilić Jovanović Kovačević Lučić Marković Milošević Novaković Pavlović Petrović Šarić Tomić Vuković Žižek",
        ],
        phone: "+385000######",
    },
    // Hungarian
    Culture {
        weight: 20,
        order: FamilyFirst,
        given: [
            "Ágnes Boglárka Csilla Emőke Eszter Ildikó Júlia Piroska Réka Zsófia",
            "Ádám Béla Csaba Dániel Ferenc György István László Sándor Zoltán",
        ],
        family: &[
            "Bíró Erdős Farkas Fehér Gál Horváth Juhász Kovács Lőrincz Nagy Papp Szabó Szűcs Takács Tóth Vörös",
        ],
        phone: "+360005######",
    },
    // Romanian
    Culture {
        weight: 20,
        order: GivenFirst,
        given: [
            "Alexandra Andreea Bianca Cătălina Ioana Ileana Mădălina Ruxandra Ștefania Tatiana",
            "Andrei Bogdan Călin Cătălin Dragoș Ionuț Mihai Răzvan Ștefan Vlad",
        ],
        family: &[
            "Bălan Constantinescu Dumitru Enache Florea Gheorghiu Ionescu Lăzărescu Manea Moldoveanu Munteanu Pălărie Popescu Stănescu Țurcanu Voicu",
        ],
        phone: "+400007######",
    },
    // Turkish
    Culture {
        weight: 40,
        order: GivenFirst,
        given: [
            "Aslı Ayşe Büşra Çiğdem Ebru Elif Gülşen Hatice İpek Işıl Merve Özge Şule Tuğba Zeynep",
            "Ahmet Barış Burak Cem Çağrı Doğukan Emre Görkem Hakan İbrahim Kağan Mehmet Ömer Şükrü Uğur",
        ],
        family: &[
            "Aydın Bayraktar Çelik Çetinkaya Demir Doğan Erdoğdu Güneş Işık Kaplan Kılıç Koç Öztürk Polat Şahin Şimşek Türkoğlu Ünal Yıldırım Yılmaz",
        ],
        phone: "+900005######",
    },
    // Ukrainian
    Culture {
        weight: 35,
        order: GivenFirst,
        given: [
            "Олена|olena Ірина|iryna Оксана|oksana Юлія|yuliia Катерина|kateryna Надія|nadiia Соломія|solomiia Зоряна|zoriana Людмила|liudmyla Ганна|hanna",
            "Андрій|andrii Богдан|bohdan Василь|vasyl Євген|yevhen Олександр|oleksandr Тарас|taras Ярослав|yaroslav Микола|mykola Ігор|ihor Данило|danylo",
        ],
        family: &[
            "Бондаренко|bondarenko Гончар|honchar Гриценко|hrytsenko Коваль|koval Ковальчук|kovalchuk Кравченко|kravchenko Лисенко|lysenko Мельник|melnyk Олійник|oliinyk Поліщук|polishchuk Шевченко|shevchenko Ющенко|yushchenko Їжакевич|yizhakevych Ґалаґан|galagan",
        ],
        phone: "+380000######",
    },
    // Russian and Bulgarian
    Culture {
        weight: 35,
        order: GivenFirst,
        given: [
            "Анастасия|anastasia Екатерина|ekaterina Елена|elena Мария|maria Наталья|natalia Ольга|olga Светлана|svetlana Татьяна|tatiana Юлия|yulia Ксения|ksenia",
            "Алексей|alexey Владимир|vladimir Дмитрий|dmitry Иван|ivan Кирилл|kirill Михаил|mikhail Николай|nikolay Пётр|petr Сергей|sergey Фёдор|fedor",
        ],
        family: &[
            "Белова|belova Виноградова|vinogradova Димитрова|dimitrova Иванова|ivanova Кузнецова|kuznetsova Лебедева|lebedeva Морозова|morozova Новикова|novikova Орлова|orlova Павлова|pavlova Соколова|sokolova Стоянова|stoyanova Щербакова|shcherbakova",
            "Белов|belov Виноградов|vinogradov Димитров|dimitrov Иванов|ivanov Кузнецов|kuznetsov Лебедев|lebedev Морозов|morozov Новиков|novikov Орлов|orlov Павлов|pavlov Соколов|sokolov Стоянов|stoyanov Щербаков|shcherbakov",
        ],
        phone: "+359000######",
    },
    // Greek
    Culture {
        weight: 20,
        order: GivenFirst,
        given: [
            "Αικατερίνη|aikaterini Βασιλική|vasiliki Δήμητρα|dimitra Ελένη|eleni Ευαγγελία|evangelia Μαρία|maria Σοφία|sofia Χρυσάνθη|chrysanthi",
            "Αλέξανδρος|alexandros Γεώργιος|georgios Δημήτρης|dimitris Ιωάννης|ioannis Κωνσταντίνος|konstantinos Νίκος|nikos Οδυσσέας|odysseas Χρήστος|christos",
        ],
        family: &[
            "Αγγελοπούλου|angelopoulou Γεωργίου|georgiou Δημητρίου|dimitriou Καραγιάννη|karagianni Μακρή|makri Νικολαΐδου|nikolaidou Οικονόμου|oikonomou Παπαδοπούλου|papadopoulou",
            "Αγγελόπουλος|angelopoulos Γεωργίου|georgiou Δημητρίου|dimitriou Καραγιάννης|karagiannis Μακρής|makris Νικολαΐδης|nikolaidis Οικονόμου|oikonomou Παπαδόπουλος|papadopoulos",
        ],
        phone: "+300006######",
    },
    // Arabic
    Culture {
        weight: 50,
        order: GivenFirst,
        given: [
            "عائشة|aisha فاطمة|fatima ليلى|layla مريم|maryam نور|nour رنا|rana سلمى|salma ياسمين|yasmin زينب|zaynab هند|hind",
            "أحمد|ahmad عبد_الرحمن|abdulrahman حسن|hassan إبراهيم|ibrahim خالد|khalid محمود|mahmoud عمر|omar سامي|sami طارق|tariq يوسف|youssef",
        ],
        family: &[
            "الفاروق|alfarouq الحداد|alhaddad المصري|almasri النجار|alnajjar القحطاني|alqahtani الرشيد|alrashid السعيد|alsaeed الشامي|alshami بن_علي|benali حمدان|hamdan خوري|khoury منصور|mansour ناصر|nasser قاسم|qasim",
        ],
        phone: "+962000######",
    },
    // Hebrew
    Culture {
        weight: 15,
        order: GivenFirst,
        given: [
            "אביגיל|avigail דנה|dana מיכל|michal נועה|noa רחל|rachel שירה|shira תמר|tamar יעל|yael",
            "אורי|uri איתן|eitan דוד|david יונתן|yonatan משה|moshe נועם|noam עומר|omer שלמה|shlomo",
        ],
        family: &[
            "אברהם|avraham בן־דוד|bendavid גולן|golan כהן|cohen לוי|levi מזרחי|mizrahi פרץ|peretz פרידמן|friedman שפירא|shapira רוזנברג|rosenberg",
        ],
        phone: "+972000######",
    },
    // Persian
    Culture {
        weight: 15,
        order: GivenFirst,
        given: [
            "آزاده|azadeh پریسا|parisa شیرین|shirin گلناز|golnaz مینا|mina نیلوفر|niloufar سپیده|sepideh",
            "آرش|arash بهرام|bahram داریوش|dariush کاوه|kaveh رضا|reza سیاوش|siavash پویا|pouya",
        ],
        family: &[
            "احمدی|ahmadi تهرانی|tehrani جعفری|jafari حسینی|hosseini رضایی|rezaei شیرازی|shirazi کریمی|karimi محمدی|mohammadi نوری|nouri پهلوان|pahlavan",
        ],
        phone: "+989000######",
    },
    // Hindi
    Culture {
        weight: 40,
        order: GivenFirst,
        given: [
            "अनन्या|ananya आरती|aarti काव्या|kavya दीपिका|deepika नेहा|neha पूजा|pooja प्रिया|priya मीरा|meera श्रेया|shreya सुनीता|sunita",
            "अमित|amit अर्जुन|arjun आदित्य|aditya कबीर|kabir मोहन|mohan राहुल|rahul रोहन|rohan विक्रम|vikram संजय|sanjay सूर्य|surya",
        ],
        family: &[
            "अग्रवाल|agarwal कपूर|kapoor गुप्ता|gupta चौधरी|chaudhary जोशी|joshi त्रिपाठी|tripathi पटेल|patel मिश्रा|mishra वर्मा|verma शर्मा|sharma सिंह|singh श्रीवास्तव|shrivastava",
        ],
        phone: "+910009#######",
    },
    // India and Sri Lanka in Latin letters
    Culture {
        weight: 40,
        order: GivenFirst,
        given: [
            "Aishwarya Anjali Divya Ishita Kamala Lakshmi Nandini Padma Priya Radhika Saraswathi Vidya",
            "Anand Arvind Deepak Ganesh Harish Karthik Manoj Naveen Pradeep Ravi Suresh Venkatesh",
        ],
        family: &[
            "Balasubramanian Bhattacharya Chatterjee Desai Gopalakrishnan Iyer Jayawardene Krishnamurthy Mukherjee Nair Parameswaran Raghunathan Ramachandran Rao Reddy Subramaniam Venkataraman Wickramasinghe",
        ],
        phone: "+910008#######",
    },
    // Bengali
    Culture {
        weight: 14,
        order: GivenFirst,
        given: [
            "অনন্যা|ananya নাসরিন|nasrin ফারহানা|farhana মিতালী|mitali রুমানা|rumana শর্মিলা|sharmila সুমিতা|sumita তাহমিনা|tahmina",
            "আরিফ|arif ইমরান|imran কামাল|kamal রফিক|rafiq সুব্রত|subrata সৌমিত্র|soumitra তানভীর|tanvir হাসান|hasan",
        ],
        family: &[
            "আহমেদ|ahmed ইসলাম|islam খান|khan চক্রবর্তী|chakraborty চৌধুরী|chowdhury দাস|das বন্দ্যোপাধ্যায়|bandyopadhyay রহমান|rahman সরকার|sarkar হোসেন|hossain",
        ],
        phone: "+880000#######",
    },
    // Tamil
    Culture {
        weight: 10,
        order: GivenFirst,
        given: [
            "கவிதா|kavitha காவ்யா|kavya செல்வி|selvi தமிழ்ச்செல்வி|thamizhselvi தேன்மொழி|thenmozhi மீனாட்சி|meenakshi",
            "அருண்|arun இளங்கோ|ilango கார்த்திக்|karthik செந்தில்|senthil பிரகாஷ்|prakash முருகன்|murugan",
        ],
        family: &[
            "குமார்|kumar சுந்தரம்|sundaram நடராஜன்|natarajan பாண்டியன்|pandian பெருமாள்|perumal ராஜன்|rajan வேலு|velu",
        ],
        phone: "+940000######",
    },
    // Thai
    Culture {
        weight: 18,
        order: GivenFirst,
        given: [
            "กมลา|kamala จันทร์เพ็ญ|chanphen นภา|napha พิมพ์ชนก|phimchanok มาลี|mali สุดา|suda อรทัย|orathai",
            "กิตติ|kitti ชัยวัฒน์|chaiwat ณัฐพล|nattapol ธนา|thana ประยุทธ์|prayut สมชาย|somchai อนันต์|anan",
        ],
        family: &[
            "แก้วมณี|kaewmani ใจดี|jaidee ทองดี|thongdee พงษ์ไพบูลย์|phongphaibun รักไทย|rakthai วงศ์สวัสดิ์|wongsawat ศรีสุข|srisuk สุวรรณภูมิ|suwannaphum",
        ],
        phone: "+660008######",
    },
    // Chinese
    Culture {
        weight: 65,
        order: FamilyFirstJoined,
        given: [
            "婷婷|tingting 雪梅|xuemei 佳怡|jiayi 美玲|meiling 思远|siyuan 欣妍|xinyan 雨涵|yuhan 静|jing 芳|fang 子涵|zihan 丽娜|lina 晓燕|xiaoyan",
            "小明|xiaoming 伟|wei 建国|jianguo 志强|zhiqiang 浩然|haoran 子轩|zixuan 宇航|yuhang 磊|lei 俊杰|junjie 文博|wenbo 天佑|tianyou 明哲|mingzhe",
        ],
        family: &[
            "王|wang 李|li 张|zhang 刘|liu 陈|chen 杨|yang 黄|huang 赵|zhao 吴|wu 周|zhou 徐|xu 孙|sun 马|ma 朱|zhu 胡|hu 郭|guo 何|he 林|lin 高|gao 罗|luo 欧阳|ouyang 司马|sima 諸葛|zhuge",
        ],
        phone: "+860001########",
    },
    // Japanese
    Culture {
        weight: 40,
        order: FamilyFirst,
        given: [
            "さくら|sakura 陽菜|hina 結衣|yui 美咲|misaki 葵|aoi 花子|hanako 優子|yuko 真理子|mariko 凛|rin ひかり|hikari",
            "太郎|taro 翔太|shota 大輝|daiki 健一|kenichi 蓮|ren 悠真|yuma 拓也|takuya 浩|hiroshi 直樹|naoki 龍之介|ryunosuke",
        ],
        family: &[
            "佐藤|sato 鈴木|suzuki 高橋|takahashi 田中|tanaka 渡辺|watanabe 伊藤|ito 山本|yamamoto 中村|nakamura 小林|kobayashi 加藤|kato 吉田|yoshida 山田|yamada 佐々木|sasaki 山口|yamaguchi 勅使河原|teshigawara",
        ],
        phone: "+810009#######",
    },
    // Korean
    Culture {
        weight: 35,
        order: FamilyFirstJoined,
        given: [
            "서연|seoyeon 지우|jiwoo 민지|minji 수빈|subin 하은|haeun 예린|yerin 유진|yujin 은영|eunyoung 미경|mikyung",
            "민준|minjun 서준|seojun 도윤|doyun 지훈|jihun 현우|hyunwoo 성호|seongho 준영|junyoung 태양|taeyang 동현|donghyun",
        ],
        family: &[
            "김|kim 이|lee 박|park 최|choi 정|jung 강|kang 조|cho 윤|yoon 장|jang 임|lim 한|han 오|oh 서|seo 신|shin 남궁|namgung",
        ],
        phone: "+820001#######",
    },
    // Vietnamese
    Culture {
        weight: 30,
        order: FamilyFirst,
        given: [
            "Ngọc_Ánh|anh Thùy_Dung|dung Thu_Hà|ha Mỹ_Linh|linh Phương_Thảo|thao Bích_Ngọc|ngoc Quỳnh|quynh Thị_Tuyết|tuyet",
            "Văn_Đức|duc Minh_Hiếu|hieu Quốc_Hùng|hung Hữu_Khánh|khanh Đình_Phúc|phuc Tuấn|tuan Xuân_Trường|truong Anh_Vũ|vu",
        ],
        family: &[
            "Bùi|bui Dương|duong Đặng|dang Đỗ|do Hoàng|hoang Huỳnh|huynh Lê|le Lý|ly Ngô|ngo Nguyễn|nguyen Phạm|pham Phan|phan Trần|tran Võ|vo Vũ|vu",
        ],
        phone: "+840009######",
    },
    // West Africa
    Culture {
        weight: 40,
        order: GivenFirst,
        given: [
            "Abena Adaeze Adwoa Amarachi Chiamaka Folasadé Ifeoma Ngozi Ọmọlará|omolara Temitọpẹ|temitope Yaa Zainab",
            "Adébáyọ̀|adebayo Chidi Daniel Emeka Femi Ìbùkún|ibukun Kofi Kwame Obinna Olúṣẹ́gun|olusegun Sékou Tunde",
        ],
        family: &[
            "Achebe Adéyẹmí|adeyemi Agyeman Asante Balogun Boateng Diallo Eze Mensah Nwosu Okafor Okonkwo Osei-Bonsu Ọlátúnjí|olatunji Owusu Traoré",
        ],
        phone: "+234000#######",
    },
    // East Africa
    Culture {
        weight: 16,
        order: GivenFirst,
        given: [
            "Akinyi Amina Makena Neema Nyambura Rehema Wanjiru Zawadi",
            "Baraka Jomo Juma Kamau Kipchoge Mosi Otieno Simba",
        ],
        family: &[
            "Kariuki Kimani Mwangi Mutua Ng’ang’a|nganga Njoroge Ochieng Odhiambo Wambui Waweru",
        ],
        phone: "+254000######",
    },
    // Amharic
    Culture {
        weight: 8,
        order: GivenFirst,
        given: [
            "ሰላም|selam ሳራ|sara ትግስት|tigist ማርታ|marta ራሄል|rahel ብርቱካን|birtukan",
            "አበበ|abebe ዳዊት|dawit ተስፋዬ|tesfaye ዮሐንስ|yohannes ሙሉጌታ|mulugeta ግርማ|girma",
        ],
        family: &[
            "ኃይሌ|haile መኮንን|mekonnen ገብረማርያም|gebremariam በቀለ|bekele ታደሰ|tadesse ወልደጊዮርጊስ|woldegiorgis",
        ],
        phone: "+251000######",
    },
    // Georgian
    Culture {
        weight: 7,
        order: GivenFirst,
        given: [
            "თამარ|tamar ნინო|nino ქეთევან|ketevan მარიამ|mariam ეკა|eka სალომე|salome",
            "გიორგი|giorgi დავით|davit ლევან|levan ზურაბ|zurab ირაკლი|irakli ვახტანგ|vakhtang",
        ],
        family: &[
            "ბერიძე|beridze გელაშვილი|gelashvili კაპანაძე|kapanadze მამუკაშვილი|mamukashvili ჩხეიძე|chkheidze წერეთელი|tsereteli",
        ],
        phone: "+995000######",
    },
    // Armenian
    Culture {
        weight: 6,
        order: GivenFirst,
        given: [
            "Անահիտ|anahit Նարե|nare Լուսինե|lusine Մարիամ|mariam Սոնա|sona",
            "Արամ|aram Տիգրան|tigran Դավիթ|davit Հայկ|hayk Վահե|vahe",
        ],
        family: &[
            "Հակոբյան|hakobyan Պետրոսյան|petrosyan Գրիգորյան|grigoryan Սարգսյան|sargsyan Խաչատրյան|khachatryan",
        ],
        phone: "+374000######",
    },
    // Indonesian and Filipino
    Culture {
        weight: 30,
        order: GivenFirst,
        given: [
            "Ayu Citra Dewi Indah Kartika Nurul Putri Sari Tala Wulan",
            "Agus Bayu Budi Dimas Eko Hendra Iskandar Joko Rizal Wahyu",
        ],
        family: &[
            "Bautista Dela_Cruz Gunawan Hidayat Kusuma Lestari Nasution Pangilinan Pratama Purnama Santoso Setiawan Siregar Suryadi Villanueva Wijaya",
        ],
        phone: "+620008######",
    },
];

/// Names at the edge of what a table has room for.
pub const LONG_NAMES: &[&str] = &[
    "Maria_Fernanda_de_Albuquerque_e_Vasconcelos-Cavalcanti_de_Souza_Monteiro|mariafernanda.monteiro",
    "Karl-Theodor_Maria_Nikolaus_Johann_Jacob_Philipp_von_Sonnenfels-Hohenberg-Lüdenscheidt|kt.sonnenfels",
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch_Merryweather|llanfair.merryweather",
    "Venkata_Narasimha_Rajuvaripeta_Balasubramaniam_Gopalakrishnan|vn.gopalakrishnan",
    "Hubert_Blaine_Wolfeschlegelsteinhausenbergerdorff|hubert.wolfe",
    "عبد_الرحمن_بن_محمد_بن_عبد_العزيز_بن_إبراهيم_القحطاني|abdulrahman.alqahtani",
    "พิมพ์ชนก_เทพหัสดิน_ณ_อยุธยา_พงษ์ไพบูลย์สุวรรณภูมิ|phimchanok.ayutthaya",
    "Nguyễn_Phúc_Công_Tằng_Tôn_Nữ_Thị_Quỳnh_Hương|huong.nguyenphuc",
];
