using System.Runtime.CompilerServices;
using Aegis.Core.Payments;

namespace Aegis.Core.Features;

/// <summary>Counts and sums of a card's payments, decayed exponentially over five time constants.</summary>
/// <remarks>A payment of age a counts exp(-a/τ). At a steady rate the count settles at rate × τ. Ages are absolute, so
/// the order does not matter.</remarks>
public struct DecayWindows
{
    /// <summary>The number of time constants.</summary>
    public const int Count = 5;

    /// <summary>Beyond this many time constants, only the ring's own payments are left of a past moment's count.</summary>
    private const double MaxRewind = 16;

    /// <summary>10 minutes, 1 hour, 1 day, 7 days, 30 days, in milliseconds.</summary>
    public static ReadOnlySpan<double> TimeConstantsMs => [600e3, 3_600e3, 86_400e3, 604_800e3, 2_592_000e3];

    private Values _counts;
    private Values _sums;

    /// <summary>The decayed counts and sums <paramref name="elapsedMs"/> after the newest payment.</summary>
    public readonly void After(double elapsedMs, Span<double> counts, Span<double> sums)
    {
        for (var window = 0; window < Count; window++)
        {
            var decay = Decay(window, elapsedMs);
            counts[window] = _counts[window] * decay;
            sums[window] = _sums[window] * decay;
        }
    }

    /// <summary>The decayed counts and sums at a moment before the newest payment, without the payments after that moment.</summary>
    /// <remarks>The ring of recent payments gives those to subtract. If more payments came than the ring holds, the
    /// rest stays in.</remarks>
    public readonly void Before(long newestMs, long timeMs, ReadOnlySpan<RecentPayment> ring, Span<double> counts, Span<double> sums)
    {
        for (var window = 0; window < Count; window++)
        {
            var rewind = (newestMs - timeMs) / TimeConstantsMs[window];
            var isRingOnly = rewind > MaxRewind;
            var (count, sum) = isRingOnly ? (0.0, 0.0) : (_counts[window], _sums[window]);
            foreach (var payment in ring)
            {
                if (isRingOnly && payment.TimeMs <= timeMs)
                {
                    var decay = Decay(window, timeMs - payment.TimeMs);
                    (count, sum) = (count + decay, sum + (payment.Amount * decay));
                }
                else if (!isRingOnly && payment.TimeMs > timeMs)
                {
                    var decay = Decay(window, newestMs - payment.TimeMs);
                    (count, sum) = (count - decay, sum - (payment.Amount * decay));
                }
            }

            var grow = isRingOnly ? 1 : Math.Exp(rewind);
            counts[window] = Math.Max(0, count * grow);
            sums[window] = Math.Max(0, sum * grow);
        }
    }

    /// <summary>Adds a payment that is now the newest.</summary>
    /// <param name="amount">The amount in reference major units.</param>
    /// <param name="counts">The counts of <see cref="After"/> at the payment's time.</param>
    /// <param name="sums">The sums of <see cref="After"/> at the payment's time.</param>
    public void AddNewest(double amount, ReadOnlySpan<double> counts, ReadOnlySpan<double> sums)
    {
        for (var window = 0; window < Count; window++)
        {
            _counts[window] = counts[window] + 1;
            _sums[window] = sums[window] + amount;
        }
    }

    /// <summary>Adds a payment that is <paramref name="ageMs"/> older than the newest.</summary>
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
