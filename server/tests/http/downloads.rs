//! Downloads.

use server::Options;

use crate::support::{Running, header};

#[tokio::test]
async fn the_trends_are_files_without_formulas() {
    let here = Running::with_admin(Options::default()).await;
    let browser = here.signed_in("anna").await;
    here.execute(
        "INSERT INTO users (username, status, created_at, created_day, updated_at, origin, promo_code)
         VALUES ('x1', 2, 0, 20000, 0, '=cmd|'' /C calc''!A0', '+SUM(1)'), ('x2', 2, 0, 20000, 0, '', '@a,b'),
                ('x3', 2, 0, 20000, 0, '-1+1', ''), ('x4', 2, 0, 20000, 0, 'plain.example', 'SPRING')",
    )
    .await;
    for (table, lines) in [
        ("new-users", &["2024-10-04,2024-10-04,5,0,0"][..]),
        (
            "referrals",
            &["'=cmd|' /C calc'!A0,1,0,0", "'-1+1,1,0,0", "plain.example,1,0,0", "Direct,2,0,0"],
        ),
        ("promo-codes", &["'+SUM(1),1,0,0", "\"'@a,b\",1,0,0", "SPRING,1,0,0"]),
    ] {
        let response = browser.get(&format!("/trends.csv?period=30d&table={table}")).await;
        assert_eq!(response.status(), 200);
        assert_eq!(header(&response, "content-type"), "text/csv; charset=utf-8");
        let name = header(&response, "content-disposition");
        assert!(
            name.starts_with(&format!("attachment; filename=\"rollcall-{table}-2024-")),
            "{name}"
        );
        let file = response.text().await.unwrap();
        for line in lines {
            assert!(file.contains(&format!("\r\n{line}\r\n")), "{table}: {line}: {file}");
        }
    }
    assert_eq!(browser.get("/trends.csv?table=nothing").await.status(), 404);
}
