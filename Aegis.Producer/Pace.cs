using Aegis.Core.Transactions;

namespace Aegis.Producer;

/// <summary>When each transaction is due.</summary>
/// <param name="Rate">Transactions per second. Infinity sends without waiting; null follows event times.</param>
/// <param name="Speed">Without a rate: multiple of the events' own pace, above 0.</param>
internal sealed record Pace(double? Rate, double Speed)
{
    /// <summary>True if no transaction ever waits.</summary>
    public bool IsFullSpeed => Rate is double.PositiveInfinity;

    /// <summary>How long after the run's start to send a transaction.</summary>
    /// <param name="index">The transaction's number in this run, from 0.</param>
    /// <param name="first">The run's first transaction.</param>
    /// <param name="transaction">The transaction.</param>
    public TimeSpan DueAfter(long index, Transaction first, Transaction transaction) => Rate switch
    {
        double.PositiveInfinity => TimeSpan.Zero,
        { } rate => TimeSpan.FromSeconds(index / rate),
        null => (transaction.EventTime - first.EventTime) / Speed,
    };
}
