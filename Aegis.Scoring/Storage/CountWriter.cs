using Aegis.Core.Decisions;
using Aegis.Core.Payments;
using Aegis.Scoring.Commits;

namespace Aegis.Scoring.Storage;

/// <summary>Adds up the counts of a commit and writes the totals with it.</summary>
internal sealed class CountWriter
{
    /// <summary>The number of buckets of the score histogram.</summary>
    public const int ScoreBuckets = 20;

    private readonly Statement _count;
    private readonly Statement _country;
    private readonly Statement _score;
    private readonly Dictionary<ushort, (long Decided, long Flagged, long Declined)> _countries = [];
    private readonly long[] _scores = new long[ScoreBuckets];
    private long _decided;
    private long _flagged;
    private long _declined;
    private long _late;
    private long _deadLetters;
    private long _duplicates;
    private long _history;
    private long _labels;

    public CountWriter(StatementSet statements)
    {
        _count = statements.Prepare(
            "INSERT INTO counts (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = value + excluded.value");
        _country = statements.Prepare(
            """
            INSERT INTO country_counts (country, decided, flagged, declined) VALUES (?, ?, ?, ?)
            ON CONFLICT (country) DO UPDATE SET decided = decided + excluded.decided, flagged = flagged + excluded.flagged, declined = declined + excluded.declined
            """);
        _score = statements.Prepare(
            "INSERT INTO score_counts (bucket, value) VALUES (?, ?) ON CONFLICT (bucket) DO UPDATE SET value = value + excluded.value");
    }

    /// <summary>Adds a block.</summary>
    public void Add(DecisionBlock block)
    {
        _decided += block.Count;
        _deadLetters += block.DeadLetters.Count;
        _duplicates += block.Duplicates;
        _history += block.History;
        _labels += block.Labels.Count;
        foreach (ref readonly var row in block.Rows)
        {
            var flagged = row.Outcome != DecisionOutcome.Approve ? 1 : 0;
            var declined = row.Outcome == DecisionOutcome.Decline ? 1 : 0;
            (_flagged, _declined, _late) = (_flagged + flagged, _declined + declined, _late + (row.IsLate ? 1 : 0));
            var country = _countries.GetValueOrDefault(row.Country);
            _countries[row.Country] = (country.Decided + 1, country.Flagged + flagged, country.Declined + declined);
            _scores[Math.Min(ScoreBuckets - 1, (int)(row.Assessment.Score / (1000 / ScoreBuckets)))]++;
        }
    }

    /// <summary>Writes the sums.</summary>
    public void Write()
    {
        Write("decided", _decided);
        Write("flagged", _flagged);
        Write("declined", _declined);
        Write("late", _late);
        Write("deadLetters", _deadLetters);
        Write("duplicates", _duplicates);
        Write("history", _history);
        Write("labels", _labels);
        foreach (var (country, counts) in _countries)
        {
            _country.Bind(RecentPayment.Unpack(country)).Bind(counts.Decided).Bind(counts.Flagged).Bind(counts.Declined).Execute();
        }

        for (var bucket = 0; bucket < ScoreBuckets; bucket++)
        {
            if (_scores[bucket] > 0)
            {
                _score.Bind(bucket).Bind(_scores[bucket]).Execute();
            }
        }

        Clear();
    }

    /// <summary>Forgets the sums.</summary>
    public void Clear()
    {
        _decided = _flagged = _declined = _late = _deadLetters = _duplicates = _history = _labels = 0;
        _countries.Clear();
        Array.Clear(_scores);
    }

    private void Write(string name, long value)
    {
        if (value > 0)
        {
            _count.Bind(name).Bind(value).Execute();
        }
    }
}
