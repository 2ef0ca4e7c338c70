// Made from profiles/calendars/germany-th.toml by scripts/rules_data.mjs.
import type { Calendar } from '../../calendar';

export const content: Calendar = {
  "name": "germany-th",
  "title": "Germany, Thuringia",
  "weekend": [
    "saturday",
    "sunday"
  ],
  "notes": [
    "In parts of Thuringia Corpus Christi is a day off. It is not counted as one here: where it is, the last day may be one later."
  ],
  "years": [
    {
      "year": 2025,
      "provisional": false,
      "source": "Thüringer Feier- und Gedenktagsgesetz (ThürFGtG), section 2; Einigungsvertrag, article 2 (3 October)",
      "off": [
        "2025-01-01",
        "2025-04-18",
        "2025-04-21",
        "2025-05-01",
        "2025-05-29",
        "2025-06-09",
        "2025-09-20",
        "2025-10-03",
        "2025-10-31",
        "2025-12-25",
        "2025-12-26"
      ],
      "worked": []
    },
    {
      "year": 2026,
      "provisional": false,
      "source": "Thüringer Feier- und Gedenktagsgesetz (ThürFGtG), section 2; Einigungsvertrag, article 2 (3 October)",
      "off": [
        "2026-01-01",
        "2026-04-03",
        "2026-04-06",
        "2026-05-01",
        "2026-05-14",
        "2026-05-25",
        "2026-09-20",
        "2026-10-03",
        "2026-10-31",
        "2026-12-25",
        "2026-12-26"
      ],
      "worked": []
    },
    {
      "year": 2027,
      "provisional": false,
      "source": "Thüringer Feier- und Gedenktagsgesetz (ThürFGtG), section 2; Einigungsvertrag, article 2 (3 October)",
      "off": [
        "2027-01-01",
        "2027-03-26",
        "2027-03-29",
        "2027-05-01",
        "2027-05-06",
        "2027-05-17",
        "2027-09-20",
        "2027-10-03",
        "2027-10-31",
        "2027-12-25",
        "2027-12-26"
      ],
      "worked": []
    },
    {
      "year": 2028,
      "provisional": false,
      "source": "Thüringer Feier- und Gedenktagsgesetz (ThürFGtG), section 2; Einigungsvertrag, article 2 (3 October)",
      "off": [
        "2028-01-01",
        "2028-04-14",
        "2028-04-17",
        "2028-05-01",
        "2028-05-25",
        "2028-06-05",
        "2028-09-20",
        "2028-10-03",
        "2028-10-31",
        "2028-12-25",
        "2028-12-26"
      ],
      "worked": []
    },
    {
      "year": 2029,
      "provisional": false,
      "source": "Thüringer Feier- und Gedenktagsgesetz (ThürFGtG), section 2; Einigungsvertrag, article 2 (3 October)",
      "off": [
        "2029-01-01",
        "2029-03-30",
        "2029-04-02",
        "2029-05-01",
        "2029-05-10",
        "2029-05-21",
        "2029-09-20",
        "2029-10-03",
        "2029-10-31",
        "2029-12-25",
        "2029-12-26"
      ],
      "worked": []
    },
    {
      "year": 2030,
      "provisional": false,
      "source": "Thüringer Feier- und Gedenktagsgesetz (ThürFGtG), section 2; Einigungsvertrag, article 2 (3 October)",
      "off": [
        "2030-01-01",
        "2030-04-19",
        "2030-04-22",
        "2030-05-01",
        "2030-05-30",
        "2030-06-10",
        "2030-09-20",
        "2030-10-03",
        "2030-10-31",
        "2030-12-25",
        "2030-12-26"
      ],
      "worked": []
    }
  ]
};
