using Aegis.Core.Facts;
using Aegis.Core.Payments;

namespace Aegis.Core.Features;

/// <summary>Computes the feature vector. It is the one code path of training, replay, benchmark and live scoring.</summary>
public static class FeatureExtractor
{
    /// <summary>Fills <paramref name="f"/> in the order of <see cref="Feature"/>. History and facts hold only what came
    /// before the payment.</summary>
    /// <remarks>
    /// Labels of payments younger than <paramref name="labelDelayDays"/> days are never read, even if they are known.
    /// </remarks>
    internal static void Extract(
        in Payment payment, in CardHistory card, in CardMoment moment, FactTable facts, int labelDelayDays, Span<float> f)
    {
        ref readonly var population = ref facts.Population;
        AmountFeatures.Fill(payment, card, population, moment, f);
        VelocityFeatures.Fill(payment, card, population, moment, f);
        TimeFeatures.Fill(payment, card, population, moment, f);
        PlaceFeatures.Fill(payment, card, moment, f);
        NoveltyFeatures.Fill(payment, card, f);
        FactFeatures.Fill(payment, facts, f);
        // A day's labels are read once the whole day is older than the delay.
        RiskFeatures.Fill(payment, card, facts.Risks, payment.Day - labelDelayDays - 1, f);
        KindFeatures.Fill(payment, card, population, moment, f);
    }
}
