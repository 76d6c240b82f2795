using Aegis.Core.Facts;
using Aegis.Core.Transactions;

namespace Aegis.Core.Features;

/// <summary>Computes the feature vector. The one code path of training, replay, benchmark and live scoring.</summary>
public static class FeatureExtractor
{
    /// <summary>A card's norm counts as this many payments of the population.</summary>
    private const double NormShrinkage = 5;
    private const double CategoryShrinkage = 3;
    private const double HourShrinkage = 20;
    private const double FirstGapMs = 30 * 86_400e3;
    private const double NoVerdictDays = 365;
    private const double ShortestTripHours = 3.0 / 60;

    /// <summary>Fills <paramref name="f"/> in the order of <see cref="Feature"/>; history and facts hold only what came before.</summary>
    /// <remarks>
    /// Labels of payments younger than <paramref name="labelDelayDays"/> days are never read, even where they are known. <paramref name="counts"/> and <paramref name="sums"/> are what <see cref="CardHistory.VelocityAt"/> gave.
    /// </remarks>
    internal static void Extract(
        in PaymentFacts payment, in CardHistory card, FactTable facts, int labelDelayDays, ReadOnlySpan<double> counts, ReadOnlySpan<double> sums, Span<float> f)
    {
        ref readonly var population = ref facts.Population;
        var merchant = facts.Merchants.Find(payment.MerchantHash);
        Amount(payment, card, population, f);
        Velocity(payment, card, population, counts, sums, f);
        Place(payment, card, f);
        Novelty(payment, card, isFirst: card.PaymentCount == 0, f);
        Time(payment, card, population, f);

        f[(int)Feature.GapLog] = (float)Math.Log(1 + (card.GapMs(payment, unknown: FirstGapMs) / 1000));
        f[(int)Feature.CardAge] = (float)Math.Log(1 + card.PaymentCount);
        f[(int)Feature.MerchantBurst] = (float)merchant.BurstAt(payment.TimeMs);
        f[(int)Feature.MerchantAmountZ] = (float)ZScore(
            payment.AmountLog, merchant.AmountLog, population.CategoryMean(payment.Category), population.CategoryVariance(payment.Category));
        // A day is read once the whole of it is older than the delay.
        Risks(payment, card, facts.Risks, payment.Day - labelDelayDays - 1, f);
        f[(int)Feature.Category] = (int)payment.Category;
        f[(int)Feature.Channel] = (int)payment.Channel;
    }

    private static void Amount(in PaymentFacts payment, in CardHistory card, in PopulationNorms population, Span<float> f)
    {
        var category = (int)payment.Category;
        f[(int)Feature.AmountLog] = (float)payment.AmountLog;
        f[(int)Feature.AmountZ] = (float)ZScore(payment.AmountLog, card.AmountLog, population.AmountMean, population.AmountVariance);
        f[(int)Feature.AmountToMaximum] = card.PaymentCount == 0 ? 0 : (float)(payment.AmountLog - Math.Log(1 + card.LargestAmount));

        var paid = card.CategoryPayments[category];
        var usual = ((paid * card.CategoryMeans[category]) + (CategoryShrinkage * population.CategoryMean(payment.Category))) / (paid + CategoryShrinkage);
        f[(int)Feature.AmountToCategory] = (float)(payment.AmountLog - usual);
    }

    private static double ZScore(double value, in RunningNorm norm, double priorMean, double priorVariance) =>
        (value - norm.ShrunkMean(priorMean, NormShrinkage)) / Math.Sqrt(norm.ShrunkVariance(priorVariance, NormShrinkage) + 1e-4);

    private static void Velocity(
        in PaymentFacts payment, in CardHistory card, in PopulationNorms population, ReadOnlySpan<double> counts, ReadOnlySpan<double> sums, Span<float> f)
    {
        for (var window = 0; window < DecayWindows.Count; window++)
        {
            f[(int)Feature.Count10Minutes + window] = (float)Math.Log(1 + counts[window]);
            f[(int)Feature.Sum10Minutes + window] = (float)Math.Log(1 + sums[window]);
        }

        // Padded by one usual payment, so that quiet cards do not burst by paying once.
        var usual = Math.Exp(card.AmountLog.ShrunkMean(population.AmountMean, NormShrinkage));
        f[(int)Feature.CountBurst] = (float)Math.Log((counts[2] + 1) / ((counts[4] / 30) + 1));
        f[(int)Feature.SumBurst1Day] = (float)Math.Log((sums[2] + payment.Amount + usual) / ((sums[4] / 30) + usual));
        f[(int)Feature.SumBurst7Days] = (float)Math.Log((sums[3] + payment.Amount + usual) / ((sums[4] * 7 / 30) + usual));
    }

    private static void Place(in PaymentFacts payment, in CardHistory card, Span<float> f)
    {
        double distance = 0, speed = 0;
        if (payment.HasPlace && payment.Channel.IsCardPresent() && card.LastPlaceMs > 0)
        {
            distance = GreatCircle.DistanceKm(card.LastLatitude, card.LastLongitude, payment.Latitude, payment.Longitude);
            speed = distance / Math.Max(ShortestTripHours, Math.Abs(payment.TimeMs - card.LastPlaceMs) / 3_600e3);
        }

        f[(int)Feature.DistanceLog] = (float)Math.Log(1 + distance);
        f[(int)Feature.SpeedLog] = (float)Math.Log(1 + speed);
    }

    private static void Novelty(in PaymentFacts payment, in CardHistory card, bool isFirst, Span<float> f)
    {
        f[(int)Feature.NewMerchant] = IsNew(card.Merchants, payment.MerchantKey, isFirst);
        f[(int)Feature.NewCountry] = IsNew(card.Countries, payment.CountryCode, isFirst);
        f[(int)Feature.NewDevice] = IsNew(card.Devices, payment.DeviceKey, payment.DeviceKey == 0 || card.Devices[0] == 0);
        f[(int)Feature.ChannelSurprise] = Surprise(card.ChannelPayments[(int)payment.Channel], card.PaymentCount, Channels.Count);
        f[(int)Feature.CategorySurprise] = Surprise(card.CategoryPayments[(int)payment.Category], card.PaymentCount, MerchantCategories.Count);
    }

    private static float IsNew(ReadOnlySpan<uint> known, uint key, bool cannotTell) => cannotTell || known.Contains(key) ? 0 : 1;

    private static float Surprise(double seen, double total, int kinds) => (float)-Math.Log((seen + 0.5) / (total + (kinds / 2.0)));

    private static void Time(in PaymentFacts payment, in CardHistory card, in PopulationNorms population, Span<float> f)
    {
        // Triangular kernel over neighbouring hours, so that 20:59 and 21:01 are alike.
        var hour = payment.Hour;
        var own = (0.5 * card.Hours[hour]) + (0.25 * card.Hours[(hour + 1) % 24]) + (0.25 * card.Hours[(hour + 23) % 24]);
        var share = (own + (HourShrinkage * population.HourShare(hour))) / (card.HourTotal + HourShrinkage);
        f[(int)Feature.HourSurprise] = (float)-Math.Log(share * 24);

        (f[(int)Feature.HourSine], f[(int)Feature.HourCosine]) = Cyclic(payment.HourOfDay / 24);
        (f[(int)Feature.WeekdaySine], f[(int)Feature.WeekdayCosine]) = Cyclic(payment.DayOfWeek / 7.0);
    }

    private static void Risks(in PaymentFacts payment, in CardHistory card, RiskFacts risks, int lastDay, Span<float> f)
    {
        risks.RisksOf(RiskEntity.Merchant.KeyOf(payment.MerchantHash), lastDay, f.Slice((int)Feature.MerchantRisk1Day, 3));
        f.Slice((int)Feature.DeviceRisk1Day, 6).Clear();
        if (payment.DeviceHash != 0)
        {
            risks.RisksOf(RiskEntity.Device.KeyOf(payment.DeviceHash), lastDay, f.Slice((int)Feature.DeviceRisk1Day, 3));
        }

        if (payment.Bin != 0)
        {
            risks.RisksOf(RiskEntity.Bin.KeyOf(payment.Bin), lastDay, f.Slice((int)Feature.BinRisk1Day, 3));
        }

        f[(int)Feature.SinceFraudLog] = SinceVerdict(payment, card.FraudVerdictSeconds);
        f[(int)Feature.SinceGenuineLog] = SinceVerdict(payment, card.GenuineVerdictSeconds);
    }

    private static float SinceVerdict(in PaymentFacts payment, uint verdictSeconds)
    {
        var days = verdictSeconds == 0 ? NoVerdictDays : Math.Clamp(((payment.TimeMs / 1000.0) - verdictSeconds) / 86_400, 0, NoVerdictDays);
        return (float)Math.Log(1 + days);
    }

    private static (float Sine, float Cosine) Cyclic(double turn)
    {
        var (sine, cosine) = Math.SinCos(2 * Math.PI * turn);
        return ((float)sine, (float)cosine);
    }
}
