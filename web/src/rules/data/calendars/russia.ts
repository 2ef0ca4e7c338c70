// Made from profiles/calendars/russia.toml by scripts/rules_data.mjs.
import type { Calendar } from '../../calendar';

export const content: Calendar = {
  "name": "russia",
  "title": "Russia, five-day working week",
  "weekend": [
    "saturday",
    "sunday"
  ],
  "notes": [],
  "years": [
    {
      "year": 2025,
      "provisional": false,
      "source": "Government decree of 4 October 2024 on the days off moved in 2025; Labour Code, article 112",
      "off": [
        "2025-01-01",
        "2025-01-02",
        "2025-01-03",
        "2025-01-04",
        "2025-01-05",
        "2025-01-06",
        "2025-01-07",
        "2025-01-08",
        "2025-05-01",
        "2025-05-02",
        "2025-05-08",
        "2025-05-09",
        "2025-06-12",
        "2025-06-13",
        "2025-11-03",
        "2025-11-04",
        "2025-12-31"
      ],
      "worked": [
        "2025-11-01"
      ]
    },
    {
      "year": 2026,
      "provisional": false,
      "source": "Government decree of 24 September 2025 on the days off moved in 2026; Labour Code, article 112",
      "off": [
        "2026-01-01",
        "2026-01-02",
        "2026-01-05",
        "2026-01-06",
        "2026-01-07",
        "2026-01-08",
        "2026-01-09",
        "2026-02-23",
        "2026-03-09",
        "2026-05-01",
        "2026-05-11",
        "2026-06-12",
        "2026-11-04",
        "2026-12-31"
      ],
      "worked": []
    },
    {
      "year": 2027,
      "provisional": true,
      "source": "announced for 2027; Labour Code, article 112",
      "off": [
        "2027-01-01",
        "2027-01-04",
        "2027-01-05",
        "2027-01-06",
        "2027-01-07",
        "2027-01-08",
        "2027-02-22",
        "2027-02-23",
        "2027-03-08",
        "2027-05-03",
        "2027-05-10",
        "2027-06-14",
        "2027-11-04",
        "2027-11-05",
        "2027-12-31"
      ],
      "worked": [
        "2027-02-20"
      ]
    }
  ]
};
