using Aegis.Core.Transactions;

namespace Aegis.Producer;

/// <summary>When to send what.</summary>
/// <param name="Rate">Transactions per second; infinity is as fast as it goes; null follows event times.</param>
/// <param name="Speed">Without a rate: how many times faster than event time.</param>
internal sealed record Pace(double? Rate, double Speed)
{
    /// <summary>True where nothing ever waits.</summary>
    public bool IsFullSpeed => Rate is double.PositiveInfinity;

    /// <summary>How long after the run's start a transaction is due.</summary>
    /// <param name="index">Its number in this run, from 0.</param>
    /// <param name="first">The run's first transaction.</param>
    /// <param name="transaction">The transaction.</param>
    public TimeSpan DueAfter(long index, Transaction first, Transaction transaction) => Rate switch
    {
        double.PositiveInfinity => TimeSpan.Zero,
        { } rate => TimeSpan.FromSeconds(index / rate),
        null => (transaction.EventTime - first.EventTime) / Speed,
    };
}
