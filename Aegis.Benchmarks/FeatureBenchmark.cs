using System.Diagnostics;
using System.Runtime.CompilerServices;
using Aegis.Benchmarks.EndToEnd;
using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.Core.Payments;
using Aegis.Core.Transactions;
using Aegis.TestRig;
using Spectre.Console;

namespace Aegis.Benchmarks;

/// <summary>Measures the cost of computing a payment's features and adding it to the history, by number of cards and
/// length of their histories, on one thread.</summary>
internal sealed class FeatureBenchmark
{
    private const int EventsPerPass = 200_000;
    private const int Passes = 9;

    // A block of decisions is full at as many.
    private const int AtOnce = 512;
    private const int Merchants = 20_000;
    private const long MonthMs = 30 * 86_400_000L;

    private readonly ShardHistories _histories = new(CurrencyRates.Default);
    private readonly Payment[] _payments = new Payment[EventsPerPass];
    private readonly float[] _features = new float[AtOnce * FeatureSchema.Count];
    private readonly bool[] _isLate = new bool[AtOnce];
    private readonly int _cards;
    private SeededRandom _random;
    private int _met;
    private long _nowMs = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private FeatureBenchmark(int cards, ulong seed) => (_cards, _random) = (cards, new SeededRandom(seed));

    /// <summary>One line of the result.</summary>
    /// <param name="Cards">Cards with a history. Payments are spread evenly over them, which is hardest on caches.</param>
    /// <param name="PaymentsPerCard">Payments of each card before measuring, on average.</param>
    /// <param name="MedianNs">Nanoseconds per event: the median of nine passes over 200,000 events.</param>
    /// <param name="BestNs">Nanoseconds per event of the best pass.</param>
    /// <param name="AllocatedBytes">Bytes allocated per event in the measured passes.</param>
    /// <param name="BytesPerCard">Bytes of one history.</param>
    internal sealed record Line(int Cards, int PaymentsPerCard, double MedianNs, double BestNs, double AllocatedBytes, int BytesPerCard);

    /// <summary>Measures, prints a table and writes <c>artifacts/bench/features.json</c>.</summary>
    public static void Run(ulong seed)
    {
        Line[] lines =
        [
            new FeatureBenchmark(10_000, seed).Measure(paymentsPerCard: 5),
            new FeatureBenchmark(10_000, seed).Measure(paymentsPerCard: 500),
            new FeatureBenchmark(100_000, seed).Measure(paymentsPerCard: 5),
            new FeatureBenchmark(1_000_000, seed).Measure(paymentsPerCard: 5),
        ];
        var table = new Table().AddColumns(
            "cards", "payments a card before", "ns an event, median", "best pass", "bytes allocated an event", "bytes a card")
            .Border(TableBorder.Markdown);
        foreach (var line in lines)
        {
            table.AddRow($"{line.Cards:N0}", $"{line.PaymentsPerCard}", $"{line.MedianNs:N0}", $"{line.BestNs:N0}",
                $"{line.AllocatedBytes:N2}", $"{line.BytesPerCard}");
        }

        Report.Say($"{Machine.Here()}");
        AnsiConsole.Write(table);
        Report.Write("features", new { Machine = Machine.Here(), Features = FeatureSchema.Count, Lines = lines });
    }

    private Line Measure(int paymentsPerCard)
    {
        Report.Say($"{_cards:N0} cards, {paymentsPerCard} payments each");
        var warmUp = (int)Math.Ceiling(_cards * (double)paymentsPerCard / EventsPerPass);
        for (var pass = 0; pass < warmUp; pass++)
        {
            Draw(MonthMs / warmUp);
            Pass();
            EndInterval();
        }

        var nanoseconds = new double[Passes];
        var allocated = 0L;
        for (var pass = 0; pass < Passes; pass++)
        {
            // First run an interval like the measured one, so that the interval's tables have grown to their size.
            Draw(60_000);
            Pass();
            EndInterval();
            Draw(60_000);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var started = Stopwatch.GetTimestamp();
            Pass();
            nanoseconds[pass] = Stopwatch.GetElapsedTime(started).TotalNanoseconds / EventsPerPass;
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            EndInterval();
        }

        Array.Sort(nanoseconds);
        return new Line(
            _cards, paymentsPerCard, Math.Round(nanoseconds[Passes / 2]), Math.Round(nanoseconds[0]), allocated / (
                double)Passes / EventsPerPass, Unsafe.SizeOf<CardHistory>());
    }

    private void Pass()
    {
        for (var first = 0; first < _payments.Length; first += AtOnce)
        {
            var payments = _payments.AsSpan(first, Math.Min(AtOnce, _payments.Length - first));
            _histories.ExtractAndAdd(payments, _features, before: default, _isLate);
        }
    }

    /// <summary>Does a shard's work at a barrier, which other figures cover. One payment in a thousand turns out
    /// fraudulent, so that risks are looked up.</summary>
    private void EndInterval()
    {
        for (var i = 0; i < EventsPerPass; i += 1_000)
        {
            _histories.AddLabel(_payments[i].Labelled(isFraud: true, _nowMs));
        }

        _histories.Facts.Add(_nowMs, _histories.Counts);
        _histories.Counts.Clear();
    }

    private void Draw(long spanMs)
    {
        int[] categoryCodes = [5411, 5541, 5812, 5999, 4111, 5732, 5912];
        for (var i = 0; i < EventsPerPass; i++)
        {
            // First take each card once, so that measured passes create no history.
            var card = (ulong)(_met < _cards ? _met++ : _random.NextInt(_cards));
            _payments[i] = new Payment(
                _nowMs + (spanMs * i / EventsPerPass),
                Math.Exp(3 + _random.NextNormal()),
                categoryCodes[_random.NextInt(categoryCodes.Length)],
                (Channel)_random.NextInt(Channels.Count),
                RecentPayment.Pack("DE"),
                StableHash.Mix(card + 1),
                StableHash.Mix((1UL << 40) + (ulong)_random.NextInt(Merchants)),
                _random.NextBool(0.5) ? StableHash.Mix((1UL << 41) + card) : null,
                (48 + (5 * _random.NextDouble()), 8 + (5 * _random.NextDouble())),
                400_000 + (uint)(card % 500));
        }

        _nowMs += spanMs;
    }
}
