using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Aegis.Core.Facts;
using Aegis.Core.Numerics;

namespace Aegis.Core.Budgets;

/// <summary>How the live stream scores, over all shards, up to a version: recent payments by risk, the volume by hour, and what was
/// decided by day. Shards read it. It changes only between barriers.</summary>
public sealed class ScoreTrend
{
    /// <summary>The number of finished days that are kept.</summary>
    public const int KeptDays = 31;

    /// <summary>The length of a day in milliseconds.</summary>
    public const long DayMs = 86_400_000;

    internal const double HourMs = 3_600_000;
    private const double ScoreHalfLifeHours = 8;
    private const double OtherHalfLifeHours = 6;

    // Scores of the model before say little about those of its successor.
    private const double KeptOfAnotherModel = 0.1;

    // A longer interval is an outage, which says nothing about a usual hour.
    private const long LongestIntervalMs = 2 * (long)HourMs;

    private readonly double[] _scores = new double[ScoreCounts.Buckets];
    private readonly List<BudgetDay> _days = [];
    private State _state;

    /// <summary>The end of the newest interval added, Unix milliseconds; 0 before the first.</summary>
    public long VersionMs => _state.VersionMs;

    /// <summary>The length of the newest interval in milliseconds; 0 if it is not known.</summary>
    public long IntervalMs => _state.IntervalMs;

    /// <summary>The review threshold that shards last decided by, as risk.</summary>
    public double ReviewAt => _state.ReviewAt;

    /// <summary>The decline threshold that shards last decided by, as risk.</summary>
    public double DeclineAt => _state.DeclineAt;

    /// <summary>True if the review threshold followed a budget.</summary>
    public bool FollowsBudget => _state.FollowsBudget != 0;

    /// <summary>The weight of the recent payments: those of the last hours count more.</summary>
    public double Weight => _state.Weight;

    /// <summary>The volume by hour.</summary>
    public ref readonly DailyVolume Volume => ref _state.Volume;

    /// <summary>The reviews expected between two moments that the models would not ask for: as many an hour as lately.</summary>
    public double OtherReviewsBetween(long fromMs, long toMs) =>
        _state.OtherHours > 0 ? _state.OtherReviews / _state.OtherHours * (toMs - fromMs) / HourMs : 0;

    /// <summary>The day of the newest interval.</summary>
    public BudgetDay Today => _state.Today;

    /// <summary>The finished days with payments, oldest first; at most <see cref="KeptDays"/>.</summary>
    public IReadOnlyList<BudgetDay> Days => _days;

    /// <summary>Adds the counts that one shard has published, in the order of intervals and shards.</summary>
    public void Add(long intervalEndMs, ScoreCounts counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        if (intervalEndMs > _state.VersionMs)
        {
            Close();
            Begin(intervalEndMs);
        }

        _state.Payments += counts.Payments;
        if (counts.Payments > 0)
        {
            if (_state.Model != 0 && counts.Model != _state.Model)
            {
                Fade(KeptOfAnotherModel);
            }

            (_state.Model, _state.ReviewAt, _state.DeclineAt) = (counts.Model, counts.ReviewAt, counts.DeclineAt);
            _state.FollowsBudget = counts.FollowsBudget ? 1 : 0;
        }

        for (var bucket = 0; counts.Payments > 0 && bucket < ScoreCounts.Buckets; bucket++)
        {
            _scores[bucket] += counts.Scores[bucket];
            _state.Weight += counts.Scores[bucket];
        }

        _state.OtherReviews += counts.OtherReviews;
        _state.Today = _state.Today with
        {
            Payments = _state.Today.Payments + counts.Payments, Reviews = _state.Today.Reviews + counts.Reviews,
            OtherReviews = _state.Today.OtherReviews + counts.OtherReviews, Declines = _state.Today.Declines + counts.Declines,
        };
    }

    /// <summary>The share of recent payments whose risk is at least one value and below another.</summary>
    public double ShareBetween(double risk, double below)
    {
        if (_state.Weight <= 0 || below <= risk)
        {
            return 0;
        }

        var (first, last) = (ScoreCounts.BucketOf(risk), ScoreCounts.BucketOf(below));
        var sum = 0.0;
        for (var bucket = first; bucket <= last; bucket++)
        {
            sum += _scores[bucket] * Covered(bucket, risk, below);
        }

        return sum / _state.Weight;
    }

    /// <summary>The threshold that a share of recent payments reaches without being declined.</summary>
    /// <param name="share">The share, 0 to 1.</param>
    /// <param name="declineAt">The risk from which payments are declined.</param>
    public ReviewThreshold ThresholdOf(double share, double declineAt)
    {
        var wanted = share * _state.Weight;
        for (var bucket = ScoreCounts.BucketOf(declineAt); bucket >= 0; bucket--)
        {
            var weight = _scores[bucket] * Covered(bucket, 0, declineAt);
            if (weight > wanted)
            {
                return new ReviewThreshold(bucket * ScoreCounts.BucketWidth, ScoreCounts.BucketWidth, wanted / weight);
            }

            wanted -= weight;
        }

        return new ReviewThreshold(0, 0, 1);
    }

    /// <summary>The stored form.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Unsafe.SizeOf<State>() + (_scores.Length * sizeof(double)) + (_days.Count * Unsafe.SizeOf<BudgetDay>())];
        var to = bytes.AsSpan();
        StoredStruct.Put(in _state, ref to);
        StoredStruct.Put(MemoryMarshal.AsBytes(_scores.AsSpan()), ref to);
        StoredStruct.Put(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_days)), ref to);
        return bytes;
    }

    /// <summary>Reads the result of <see cref="ToBytes"/>.</summary>
    /// <exception cref="FormatException">The bytes are cut short or damaged.</exception>
    public static ScoreTrend Read(ReadOnlySpan<byte> bytes)
    {
        var trend = new ScoreTrend { _state = StoredStruct.Take<State>(ref bytes) };
        var scores = MemoryMarshal.AsBytes(trend._scores.AsSpan());
        if (bytes.Length < scores.Length || (bytes.Length - scores.Length) % Unsafe.SizeOf<BudgetDay>() != 0)
        {
            throw new FormatException($"{bytes.Length} bytes of scores and days; allowed: {scores.Length} and whole days.");
        }

        bytes[..scores.Length].CopyTo(scores);
        trend._days.AddRange(MemoryMarshal.Cast<byte, BudgetDay>(bytes[scores.Length..]));
        return trend;
    }

    /// <summary>A hash over everything.</summary>
    public ulong Fingerprint() => StableHash.OfBytes(ToBytes());

    /// <summary>How much of a bucket lies from one risk to another, 0 to 1.</summary>
    private static double Covered(int bucket, double from, double to)
    {
        var start = bucket * ScoreCounts.BucketWidth;
        var end = bucket == ScoreCounts.Buckets - 1 ? double.PositiveInfinity : start + ScoreCounts.BucketWidth;
        return double.IsInfinity(end)
            ? (from <= start && to > start ? 1 : 0)
            : Math.Max(0, Math.Min(end, to) - Math.Max(start, from)) / ScoreCounts.BucketWidth;
    }

    /// <summary>Takes what the interval so far says about the volume of its hour.</summary>
    private void Close()
    {
        if (_state.IntervalMs is > 0 and <= LongestIntervalMs)
        {
            _state.Volume.Add(_state.VersionMs - _state.IntervalMs, _state.VersionMs, _state.Payments);
        }

        _state.Payments = 0;
    }

    private void Begin(long intervalEndMs)
    {
        _state.IntervalMs = _state.VersionMs == 0 ? 0 : intervalEndMs - _state.VersionMs;
        _state.VersionMs = intervalEndMs;
        var hours = _state.IntervalMs / HourMs;
        Fade(Math.Pow(2, -hours / ScoreHalfLifeHours));
        var kept = Math.Pow(2, -hours / OtherHalfLifeHours);
        (_state.OtherReviews, _state.OtherHours) = (_state.OtherReviews * kept, (_state.OtherHours * kept) + hours);
        var from = intervalEndMs - Math.Max(1, _state.IntervalMs);
        var day = from - (from % DayMs);
        if (day != _state.Today.StartMs)
        {
            if (_state.Today.Payments > 0)
            {
                _days.Add(_state.Today);
                _days.RemoveRange(0, Math.Max(0, _days.Count - KeptDays));
            }

            _state.Today = new BudgetDay(day, 0, 0, 0, 0, from);
        }
    }

    private void Fade(double kept)
    {
        for (var bucket = 0; bucket < _scores.Length; bucket++)
        {
            _scores[bucket] *= kept;
        }

        _state.Weight *= kept;
    }

    private struct State
    {
        public long VersionMs;
        public long IntervalMs;
        public double Payments;
        public double Weight;
        public double ReviewAt;
        public double DeclineAt;
        public double OtherReviews;
        public double OtherHours;
        public ulong Model;
        public long FollowsBudget;
        public DailyVolume Volume;
        public BudgetDay Today;
    }
}
