using Aegis.Core.Facts;

namespace Aegis.Core.Features;

/// <summary>Computes the feature vector. The one code path of training, replay, benchmark and live scoring.</summary>
public static class FeatureExtractor
{
    /// <summary>Fills <paramref name="f"/> in the order of <see cref="Feature"/>; history and facts hold only what came before.</summary>
    /// <remarks>
    /// Labels of payments younger than <paramref name="labelDelayDays"/> days are never read, even where they are known. <paramref name="counts"/> and
    /// <paramref name="sums"/> are what <see cref="CardHistory.VelocityAt"/> gave.
    /// </remarks>
    internal static void Extract(
        in PaymentFacts payment, in CardHistory card, FactTable facts, int labelDelayDays, ReadOnlySpan<double> counts, ReadOnlySpan<double> sums, Span<float> f)
    {
        ref readonly var population = ref facts.Population;
        AmountFeatures.Fill(payment, card, population, counts, sums, f);
        VelocityFeatures.Fill(payment, card, population, counts, sums, f);
        TimeFeatures.Fill(payment, card, population, counts, f);
        PlaceFeatures.Fill(payment, card, f);
        NoveltyFeatures.Fill(payment, card, f);
        FactFeatures.Fill(payment, facts, f);
        // A day's labels are read once the whole of it is older than the delay.
        RiskFeatures.Fill(payment, card, facts.Risks, payment.Day - labelDelayDays - 1, f);
        f[(int)Feature.Category] = (int)payment.Category;
        f[(int)Feature.Channel] = (int)payment.Channel;
    }
}
