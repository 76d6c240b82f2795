using Aegis.Core.Transactions;
using Aegis.Streams.Entries;
using Aegis.TestRig.Traffic;

namespace Aegis.Benchmarks.EndToEnd;

/// <summary>Repeats a simulated week of payments: each round lies a week later in event time and has ids of its own.
/// Not thread-safe.</summary>
/// <remarks>
/// The customers stay the same, so histories do not grow. Each pays as often in event time as real customers do, so few
/// payments are flagged. If all payments happened now, each card would pay every few seconds: nearly all would be
/// flagged, which costs several times as much.
/// </remarks>
internal sealed class SoakTraffic
{
    // The customers of so many payments make 90,000 to 110,000 a week.
    private const long PaymentsOfNinetyDays = 1_300_000;
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private readonly List<Transaction> _week;
    private readonly TimeSpan _shift;
    private long _next;

    /// <param name="count">Number of payments that will be taken; the last of them happens about now.</param>
    /// <param name="seed">Determines the week.</param>
    /// <exception cref="ArgumentOutOfRangeException">That many weeks reach back beyond the earliest event time.</exception>
    public SoakTraffic(long count, ulong seed)
    {
        var payments = Backlog.Payments(PaymentsOfNinetyDays, seed).GetEnumerator();
        payments.MoveNext();
        var first = payments.Current.EventTime;
        _week = [payments.Current];
        while (payments.MoveNext() && payments.Current.EventTime < first + Week)
        {
            _week.Add(payments.Current);
        }

        payments.Dispose();
        var start = TimeProvider.System.GetUtcNow() - (Week * (1 + (count / _week.Count)));
        _shift = TimeSpan.FromDays(Math.Floor((start - first).TotalDays));
        if (first + _shift < TransactionRules.EarliestEventTime)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, $"A soak of {count:N0} payments begins in {start.Year}; allowed: as many as begin after {TransactionRules.EarliestEventTime:yyyy-MM-dd}.");
        }
    }

    /// <summary>Takes the next payments, as producers append them.</summary>
    public List<LogMessage> Take(int count)
    {
        var now = TimeProvider.System.GetUtcNow();
        var messages = new List<LogMessage>(count);
        for (var i = 0; i < count; i++, _next++)
        {
            var template = _week[(int)(_next % _week.Count)];
            var payment = template with { Id = Guid.NewGuid().ToString(), EventTime = template.EventTime + _shift
                + (Week * (_next / _week.Count)) };
            messages.Add(new LogMessage([payment], IsHistory: false, now, TraceParent: null));
        }

        return messages;
    }
}
