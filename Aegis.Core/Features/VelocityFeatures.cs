using Aegis.Core.Facts;
using Aegis.Core.Payments;

namespace Aegis.Core.Features;

/// <summary>Computes how often and how much the card has paid lately.</summary>
internal static class VelocityFeatures
{
    private const int Hour = 1, Day = 2, Week = 3, Month = 4;
    private const double HoursInMonth = 720;
    private const long TenMinutesMs = 600_000;
    private const long HourMs = 3_600_000;

    public static void Fill(
        in Payment payment, in CardHistory card, in PopulationNorms population, in CardMoment moment, Span<float> f)
    {
        for (var window = 0; window < DecayWindows.Count; window++)
        {
            f[(int)Feature.Count10Minutes + window] = MathF.Log((float)(1 + moment.Counts[window]));
            f[(int)Feature.Sum10Minutes + window] = MathF.Log((float)(1 + moment.Sums[window]));
        }

        var (inTenMinutes, inHour) = (0, 0);
        foreach (ref readonly var recent in card.RecentSoFar())
        {
            var age = payment.TimeMs - recent.TimeMs;
            inTenMinutes += age is >= 0 and < TenMinutesMs ? 1 : 0;
            inHour += age is >= 0 and < HourMs ? 1 : 0;
        }

        f[(int)Feature.ExactCount10Minutes] = inTenMinutes;
        f[(int)Feature.ExactCount1Hour] = inHour;

        // Padded, so that a single payment of a quiet card is no burst.
        var usual = AmountFeatures.Usual(card, population);
        f[(int)Feature.CountBurst1Hour] = MathF.Log((float)((moment.Counts[Hour] + 1) / ((moment.Counts[Month] / HoursInMonth) + 1)));
        f[(int)Feature.CountBurst] = MathF.Log((float)((moment.Counts[Day] + 1) / ((moment.Counts[Month] / 30) + 1)));
        f[(int)Feature.SumBurst1Day] = MathF.Log(
            (float)((moment.Sums[Day] + payment.Amount + usual) / ((moment.Sums[Month] / 30) + usual)));
        f[(int)Feature.SumBurst7Days] = MathF.Log(
            (float)((moment.Sums[Week] + payment.Amount + usual) / ((moment.Sums[Month] * 7 / 30) + usual)));
        f[(int)Feature.CardAge] = MathF.Log((float)(1 + card.PaymentCount));
        f[(int)Feature.FirstPayment] = card.PaymentCount == 0 ? 1 : 0;
    }
}
