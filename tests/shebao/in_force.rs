//! Which block of which file speaks: the latest that has started, of the nearest level, as known on a day; gaps and ends
//! are said and never filled from elsewhere.

use crate::support::{json, run, tables};

const SOURCE: &str = "[sources.s]\ntitle = \"made up\"\nissuer = \"tests\"\n";

fn limits(from: &str, floor: &str, more: &str) -> String {
    format!(
        "\n[[base_limits]]\nfrom = \"{from}\"\nfloor = \"{floor}\"\nceiling = \"90000\"\nsource = \"s\"\nstatus = \"official\"\n{more}"
    )
}

fn rate(insurance: &str, from: &str, employer: &str) -> String {
    format!(
        "\n[[contribution_rate]]\ninsurance = \"{insurance}\"\nfrom = \"{from}\"\nemployer = \"{employer}\"\nemployee = \"1%\"\nsource = \"s\"\nstatus = \"official\"\n"
    )
}

fn roundings() -> String {
    let one = |to: &str| {
        format!(
            "\n[[rounding]]\napplies_to = \"{to}\"\nfrom = \"2030-01\"\nunit = \"0.01\"\nmode = \"half-up\"\nsource = \"s\"\nstatus = \"official\"\n"
        )
    };
    one("contribution") + &one("base")
}

/// The file that the others follow: a floor of 1000.00 and a pension of 10 % from 2030-01 on.
fn first_file() -> String {
    SOURCE.to_owned() + &limits("2030-01", "1000", "") + &rate("pension", "2030-01", "10%") + &roundings()
}

fn region(name: &str) -> String {
    format!("name = {{ zh = \"{name}\", en = \"{name}\" }}\n")
}

/// Base and employer's amount on a wage of one fen, so that the floor shows; or the code of the fault and what it says.
fn asked(rates: &str, month: &str, more: &[&str]) -> Result<[String; 2], String> {
    let arguments = [
        &["contrib", "--wage", "0.01", "--month", month, "--only", "pension", "--rates", rates, "--format", "json"],
        more,
    ]
    .concat();
    let ran = run(&arguments);
    if ran.status != Some(0) {
        return Err(ran.err);
    }
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let pension = &json["contributions"][0];
    Ok(["base", "employer"].map(|key| pension[key].as_str().unwrap().to_owned()))
}

#[expect(clippy::unnecessary_wraps, reason = "as `asked` gives it")]
fn found(base: &str, employer: &str) -> Result<[String; 2], String> {
    Ok([base.to_owned(), employer.to_owned()])
}

#[test]
fn the_latest_start_speaks_whichever_file_it_stands_in() {
    let files = tables(&[
        ("x/region.toml", &region("X")),
        ("x/2030.toml", &first_file()),
        ("x/2032.toml", &(SOURCE.to_owned() + &rate("pension", "2032-04", "20%"))),
        ("x/2033.toml", &(SOURCE.to_owned() + &limits("2033-01", "2000", "") + &limits("2033-07", "3000", ""))),
    ]);
    let rates = files.path().to_string_lossy();
    let asked = |month: &str| asked(&rates, month, &["--region", "x"]);
    // Before the first block there is none.
    assert!(asked("2029-12").unwrap_err().contains("[missing-figure]"));
    assert_eq!(asked("2030-01"), found("1000.00", "100.00"));
    assert_eq!(asked("2032-03"), found("1000.00", "100.00"));
    // Limits of one file and the rate of another: 1000.00 x 20 %.
    assert_eq!(asked("2032-04"), found("1000.00", "200.00"));
    assert_eq!(asked("2033-06"), found("2000.00", "400.00"));
    assert_eq!(asked("2033-07"), found("3000.00", "600.00"));
    assert_eq!(asked("2040-12"), found("3000.00", "600.00"));
}

#[test]
fn the_nearest_level_speaks_from_its_first_block_on() {
    let files = tables(&[
        ("x/region.toml", &region("X")),
        ("x/2030.toml", &first_file()),
        ("x/y/region.toml", &region("Y")),
        ("x/y/2031.toml", &(SOURCE.to_owned() + &limits("2031-05", "1500", "to = \"2031-12\"\n"))),
        ("x/y/2033.toml", &(SOURCE.to_owned() + &limits("2033-01", "1700", ""))),
    ]);
    let rates = files.path().to_string_lossy();
    let asked = |month: &str| asked(&rates, month, &["--region", "y"]);
    assert_eq!(asked("2031-04"), found("1000.00", "100.00"));
    assert_eq!(asked("2031-05"), found("1500.00", "150.00"));
    assert_eq!(asked("2031-12"), found("1500.00", "150.00"));
    // Its block has ended: the wider level is not asked in its place.
    let ended = asked("2032-01").unwrap_err();
    assert!(ended.contains("[missing-figure]") && ended.contains("the last block ended in 2031-12"), "{ended}");
    assert_eq!(asked("2033-01"), found("1700.00", "170.00"));
}

#[test]
fn a_gap_is_said_with_its_reason_until_a_later_block() {
    let gap = |to: &str| {
        format!(
            "\n[[gap]]\nof = \"contribution_rate\"\ninsurance = \"pension\"\nfrom = \"2031-01\"\n{to}reason = {{ zh = \"忘\", en = \"forgotten\" }}\n"
        )
    };
    for to in ["", "to = \"2031-03\"\n"] {
        let other = rate("medical", "2031-01", "5%");
        let files = tables(&[
            ("x/region.toml", &region("X")),
            ("x/2030.toml", &first_file()),
            ("x/2031.toml", &(SOURCE.to_owned() + &other + &gap(to))),
            ("x/2032.toml", &(SOURCE.to_owned() + &rate("pension", "2032-01", "30%"))),
        ]);
        let rates = files.path().to_string_lossy();
        let asked = |month: &str| asked(&rates, month, &["--region", "x"]);
        assert_eq!(asked("2030-12"), found("1000.00", "100.00"));
        let said = asked("2031-02").unwrap_err();
        assert!(said.contains("[missing-figure]") && said.contains("forgotten"), "{said}");
        // After its end a gap still leaves nothing, but for another reason.
        let said = asked("2031-06").unwrap_err();
        assert_eq!(said.contains("forgotten"), to.is_empty(), "{said}");
        assert_eq!(said.contains("2031-03"), !to.is_empty(), "{said}");
        assert_eq!(asked("2032-01"), found("1000.00", "300.00"));
    }
}

#[test]
fn figures_count_from_the_day_they_were_published() {
    let published = |day: &str| format!("published = {day}\n");
    let files = tables(&[
        ("x/region.toml", &region("X")),
        ("x/2030.toml", &first_file()),
        (
            "x/2031.toml",
            &(SOURCE.to_owned()
                + &limits("2031-01", "1100", &published("2031-02-01"))
                + &limits("2031-01", "1200", &published("2031-08-15"))),
        ),
    ]);
    let rates = files.path().to_string_lossy();
    let asked = |known_on: &str| asked(&rates, "2031-03", &["--region", "x", "--known-on", known_on]);
    assert_eq!(asked("2031-01-31"), found("1000.00", "100.00"));
    assert_eq!(asked("2031-02-01"), found("1100.00", "110.00"));
    assert_eq!(asked("2031-08-14"), found("1100.00", "110.00"));
    assert_eq!(asked("2031-08-15"), found("1200.00", "120.00"));
    assert_eq!(asked("2032-01-01"), found("1200.00", "120.00"));
}

#[test]
fn a_folder_laid_over_another_speaks_where_both_start_together() {
    let below = tables(&[("x/region.toml", &region("X")), ("x/2030.toml", &first_file())]);
    let above = tables(&[(
        "x/2030.toml",
        &(SOURCE.to_owned() + &limits("2030-01", "1300", "") + &limits("2030-06", "1400", "to = \"2030-12\"\n")),
    )]);
    let (below, above) = (below.path().to_string_lossy(), above.path().to_string_lossy());
    let asked = |month: &str, order: [&str; 2]| asked(order[0], month, &["--region", "x", "--rates", order[1]]);
    assert_eq!(asked("2030-05", [&below, &above]), found("1300.00", "130.00"));
    assert_eq!(asked("2030-05", [&above, &below]), found("1000.00", "100.00"));
    assert_eq!(asked("2030-06", [&below, &above]), found("1400.00", "140.00"));
    assert!(asked("2031-01", [&below, &above]).unwrap_err().contains("2030-12"));
}

#[test]
fn the_digest_is_of_every_file_that_was_read() {
    let digest = |name: &str| {
        let insurance = format!(
            "\n[[insurance]]\ncode = \"care\"\nname = {{ zh = \"{name}\", en = \"Care\" }}\nfull = {{ zh = \"{name}\", en = \"Care\" }}\n"
        );
        let files = tables(&[
            ("x/region.toml", &(region("X") + &insurance)),
            ("x/2030.toml", &first_file()),
            ("x/y/region.toml", &region("Y")),
        ]);
        let rates = files.path().to_string_lossy();
        let arguments = ["contrib", "--wage", "1", "--month", "2030-01", "--only", "pension", "--region", "y"];
        json(&[&arguments[..], &["--rates", &rates]].concat())["tables"]["sha256"].clone()
    };
    // The insurances of a wider region are known in the narrower one, so its file counts.
    assert_eq!(digest("护理"), digest("护理"));
    assert_ne!(digest("护理"), digest("照护"));
}

/// The codes of the faults that lint finds in region X.
fn linted(files: &[(&str, &str)]) -> Vec<String> {
    let files = tables(files);
    let ran = run(&["tables", "lint", &files.path().to_string_lossy(), "--until", "2031-12"]);
    ran.out.split("error[").skip(1).map(|part| part.split(']').next().unwrap().to_owned()).collect()
}

#[test]
fn a_figure_that_doubles_or_halves_is_a_jump_and_nothing_less() {
    let floors = |before: &str, after: &str| {
        let [first, second] =
            [("2030-01", before), ("2031-01", after)].map(|(from, floor)| SOURCE.to_owned() + &limits(from, floor, ""));
        linted(&[("x/region.toml", &region("X")), ("x/2030.toml", &first), ("x/2031.toml", &second)])
    };
    let none: [&str; 0] = [];
    assert_eq!(floors("1000", "1999.99"), none);
    assert_eq!(floors("1000", "2000"), ["jump"]);
    assert_eq!(floors("2000", "1000.01"), none);
    assert_eq!(floors("2000", "1000"), ["jump"]);
    // Whole numbers are figures too: years beyond which a pension rises.
    let years = |before: u32, after: u32| {
        let formula = |from: &str, years: u32| {
            format!(
                "{SOURCE}\n[[resident_formula]]\nfrom = \"{from}\"\naccount_divisor = 139\npayable_age = 60\nyears_threshold = {years}\nper_extra_year = \"2\"\nsource = \"s\"\nstatus = \"official\"\n"
            )
        };
        let [first, second] = [formula("2030-01", before), formula("2031-01", after)];
        linted(&[("x/region.toml", &region("X")), ("x/2030.toml", &first), ("x/2031.toml", &second)])
    };
    assert_eq!(years(15, 29), none);
    assert_eq!(years(15, 30), ["jump"]);
}

#[test]
fn two_blocks_that_start_together_must_differ_in_the_day_of_publication() {
    let both = |first: &str, second: &str| {
        let file = SOURCE.to_owned() + &limits("2030-01", "1000", first) + &limits("2030-01", "1100", second);
        linted(&[("x/region.toml", &region("X")), ("x/2030.toml", &file)])
    };
    assert_eq!(both("", ""), ["two-answers"]);
    assert_eq!(both("published = 2030-02-01\n", "published = 2030-02-01\n"), ["two-answers"]);
    let none: [&str; 0] = [];
    assert_eq!(both("published = 2030-02-01\n", "published = 2030-08-01\n"), none);
    let next = SOURCE.to_owned() + &limits("2030-01", "1000", "") + &limits("2030-02", "1100", "");
    assert_eq!(linted(&[("x/region.toml", &region("X")), ("x/2030.toml", &next)]), none);
}
