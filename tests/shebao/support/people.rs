//! Made-up people and what is due for them in May 2025, worked out on paper from the law of Shandong: limits
//! 4504.00 and 22518.00; pension 16 % and 8 %, medical 8 % and 2 %, unemployment 0.7 % and 0.3 %, work injury 0.16 %;
//! half up to the fen.

/// Name, number, base, and the shares in the order of [`SHARES`].
pub const PEOPLE: [(&str, &str, &str, [&str; 7]); 5] = [
    ("丛一禾", "371003199005129968", "6000.00", ["960.00", "480.00", "480.00", "120.00", "42.00", "18.00", "9.60"]),
    ("毕二川", "371002198509239975", "6535.00", ["1045.60", "522.80", "522.80", "130.70", "45.75", "19.61", "10.46"]),
    ("于三省", "371082197811309994", "4504.00", ["720.64", "360.32", "360.32", "90.08", "31.53", "13.51", "7.21"]),
    (
        "初九思",
        "37108219800108998X",
        "22518.00",
        ["3602.88", "1801.44", "1801.44", "450.36", "157.63", "67.55", "36.03"],
    ),
    ("邹七巧", "371003199306299960", "8888.88", ["1422.22", "711.11", "711.11", "177.78", "62.22", "26.67", "14.22"]),
];

/// Insurance and side of each share.
pub const SHARES: [(&str, &str); 7] = [
    ("pension", "employer"),
    ("pension", "employee"),
    ("medical", "employer"),
    ("medical", "employee"),
    ("unemployment", "employer"),
    ("unemployment", "employee"),
    ("injury", "employer"),
];
