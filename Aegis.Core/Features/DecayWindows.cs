using System.Runtime.CompilerServices;

namespace Aegis.Core.Features;

/// <summary>Counts and sums of a card's payments, decayed exponentially over five time constants.</summary>
/// <remarks>A payment of age a counts exp(-a/τ); at a steady rate the count settles at rate × τ. Ages are absolute, so order does not matter.</remarks>
public struct DecayWindows
{
    /// <summary>The number of time constants.</summary>
    public const int Count = 5;

    /// <summary>10 minutes, 1 hour, 1 day, 7 days, 30 days, in milliseconds.</summary>
    public static ReadOnlySpan<double> TimeConstantsMs => [600e3, 3_600e3, 86_400e3, 604_800e3, 2_592_000e3];

    private Values _counts;
    private Values _sums;

    /// <summary>The decayed count at <paramref name="elapsedMs"/> after the newest payment.</summary>
    public readonly double CountAt(int window, double elapsedMs) => _counts[window] * Decay(window, elapsedMs);

    /// <summary>The decayed sum, in reference major units, at <paramref name="elapsedMs"/> after the newest payment.</summary>
    public readonly double SumAt(int window, double elapsedMs) => _sums[window] * Decay(window, elapsedMs);

    /// <summary>Takes in a payment that is now the newest, <paramref name="elapsedMs"/> after the one before.</summary>
    public void AddNewest(double amount, double elapsedMs)
    {
        for (var window = 0; window < Count; window++)
        {
            var decay = Decay(window, elapsedMs);
            _counts[window] = (_counts[window] * decay) + 1;
            _sums[window] = (_sums[window] * decay) + amount;
        }
    }

    /// <summary>Takes in a payment that is <paramref name="ageMs"/> older than the newest.</summary>
    public void AddLate(double amount, double ageMs)
    {
        for (var window = 0; window < Count; window++)
        {
            var decay = Decay(window, ageMs);
            _counts[window] += decay;
            _sums[window] += amount * decay;
        }
    }

    private static double Decay(int window, double ms) => Math.Exp(-ms / TimeConstantsMs[window]);

    [InlineArray(Count)]
    private struct Values
    {
        private double _first;
    }
}
