-- Behind the list the number: people who are changed together mostly came together, and so stand together
-- in this index. Sorted by what they are called, they were on a page each that a deletion had to write.
DROP INDEX users_texts;
CREATE INDEX users_texts ON users (tab, id, search_text, username, phone, referral_code);
