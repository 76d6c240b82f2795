using Aegis.Core.Transactions;
using Aegis.Streams.Entries;
using Aegis.TestRig.Traffic;

namespace Aegis.Benchmarks.EndToEnd;

/// <summary>A simulated week of payments, again and again: each time round a week later in event time and under ids of its own. No thread
/// safety.</summary>
/// <remarks>
/// The same customers, so that histories do not grow; and each pays as often in event time as customers do, so that few are flagged.
/// Payments that all happen now would have each card pay every few seconds: nearly all are flagged then, which costs several times as much.
/// </remarks>
internal sealed class SoakTraffic
{
    // Their week has 90,000 to 110,000 payments.
    private const long PaymentsOfNinetyDays = 1_300_000;
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private readonly List<Transaction> _week;
    private readonly TimeSpan _shift;
    private long _next;

    /// <param name="count">How many will be asked for: the last of them happens about now.</param>
    /// <param name="seed">Decides the week.</param>
    /// <exception cref="ArgumentOutOfRangeException">So many weeks reach back beyond the earliest event time.</exception>
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

    /// <summary>The next payments, as producers append them.</summary>
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
