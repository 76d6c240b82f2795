namespace Aegis.Core.Features;

/// <summary>The refunds and reversals of a card, decayed over 30 days.</summary>
public struct CardRefunds
{
    private const double MemorySeconds = 30 * 86_400;

    private float _sum;
    private uint _newestSeconds;

    /// <summary>Remembers a refund. A late one counts with its true age.</summary>
    /// <param name="timeMs">When it was made, Unix milliseconds.</param>
    /// <param name="amount">Major units of the reference currency.</param>
    internal void Add(long timeMs, double amount)
    {
        var seconds = (uint)(timeMs / 1000);
        if (seconds >= _newestSeconds)
        {
            _sum = (float)(SumAt(timeMs) + amount);
            _newestSeconds = seconds;
        }
        else
        {
            _sum += (float)(amount * Math.Exp(-(double)(_newestSeconds - seconds) / MemorySeconds));
        }
    }

    /// <summary>The decayed sum at a moment; at one before the newest refund, the sum at that refund.</summary>
    internal readonly double SumAt(long timeMs) =>
        _sum * Math.Exp(-Math.Max(0, (timeMs / 1000) - (double)_newestSeconds) / MemorySeconds);
}
