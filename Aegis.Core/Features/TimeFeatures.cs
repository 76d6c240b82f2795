using Aegis.Core.Facts;
using Aegis.Core.Payments;

namespace Aegis.Core.Features;

/// <summary>Computes features from the time at which the card is used.</summary>
internal static class TimeFeatures
{
    private const double HourShrinkage = 20;
    private const double FirstGapMs = 30 * 86_400e3;
    private const double PaddingMs = 60e3;

    public static void Fill(in Payment payment, in CardHistory card, in PopulationNorms population, in CardMoment moment, Span<float> f)
    {
        // At a steady rate the count decayed over 30 days settles at 30 days over the gap.
        var gap = card.GapMs(payment, unknown: FirstGapMs);
        f[(int)Feature.GapLog] = MathF.Log((float)(1 + (gap / 1000)));
        f[(int)Feature.GapRatio] = card.PaymentCount == 0
            ? 0
            : MathF.Log((float)((gap + PaddingMs) / ((FirstGapMs / (moment.Counts[^1] + 1)) + PaddingMs)));

        // A triangular kernel over neighbouring hours, so that 20:59 and 21:01 are alike.
        var hour = payment.Hour;
        var own = (0.5 * card.Hours[hour]) + (0.25 * card.Hours[(hour + 1) % 24]) + (0.25 * card.Hours[(hour + 23) % 24]);
        var share = (own + (HourShrinkage * population.HourShare(hour))) / (card.HourTotal + HourShrinkage);
        f[(int)Feature.HourSurprise] = -MathF.Log((float)(share * 24));

        var (sine, cosine) = Math.SinCos(2 * Math.PI * payment.HourOfDay / 24);
        f[(int)Feature.HourSine] = (float)sine;
        f[(int)Feature.HourCosine] = (float)cosine;
    }
}
