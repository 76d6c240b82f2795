using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.Core.Payments;
using Aegis.Core.Transactions;

namespace Aegis.Tests.Core;

/// <summary>The features by their definitions: keeps every event and computes everything anew, in double precision, however slow that
/// is.</summary>
internal sealed partial class ReferenceEngine(int labelDelayDays)
{
    private const double HourMs = 3_600e3, DayMs = 24 * HourMs, MonthMs = 30 * DayMs;
    private static readonly double[] TimeConstantsMs = [600e3, HourMs, DayMs, 7 * DayMs, MonthMs];

    private readonly List<Event> _events = [];
    private readonly List<(LabelledPayment Label, int Interval)> _labels = [];

    // Ends of intervals so far; what was counted in interval i is read from interval i + 2 on.
    private readonly List<long> _ends = [0];

    /// <summary>A payment that was taken in, and in which interval.</summary>
    private sealed record Event(Payment Payment, int Interval, bool IsNewAtMerchant, double OwnDeviation);

    private int Interval => _ends.Count;

    private IEnumerable<Event> Known => _events.Where(e => e.Interval + 2 <= Interval);

    /// <summary>True where the ring of 8 payments holds all that the exactness of a late payment's velocity depends on.</summary>
    public bool IsExact(Payment payment)
    {
        var card = EventsOf(payment);
        var beyond = card.SkipLast(8).ToList();
        var inRing = card.TakeLast(8).Where(e => e.TimeMs <= payment.TimeMs).Select(e => e.TimeMs).DefaultIfEmpty(0).Max();
        return card.All(e => e.TimeMs <= payment.TimeMs)
            || beyond.All(e => e.TimeMs <= payment.TimeMs - (10 * HourMs) && e.TimeMs <= inRing);
    }

    /// <summary>A label arrives.</summary>
    public void AddLabel(in LabelledPayment label) => _labels.Add((label, Interval));

    /// <summary>The features of a payment, which is then taken in.</summary>
    public double[] ExtractAndAdd(Payment payment)
    {
        var end = payment.TimeMs - (payment.TimeMs % (long)HourMs);
        if (end > _ends[^1])
        {
            _ends.Add(end);
        }

        var f = new double[FeatureSchema.Count];
        var card = EventsOf(payment);
        Amounts(payment, card, f);
        Velocities(payment, card, f);
        Times(payment, card, f);
        Places(payment, card, f);
        Novelties(payment, card, f);
        Facts(payment, f);
        Risks(payment, f);
        Kinds(payment, card, f);

        if (card.Count > 0 && card.Max(e => e.TimeMs) - payment.TimeMs > DayMs)
        {
            return f;
        }

        if (payment.Refusal != Refusal.None || payment.Kind is PaymentKind.Refund or PaymentKind.Reversal or PaymentKind.Verification)
        {
            _unspent.Add(payment);
        }
        else
        {
            _events.Add(new Event(
                payment, Interval, !Ring(card.Select(e => (ulong)e.MerchantKey), 16)
                .Any(k => k.Key == payment.MerchantKey), Deviation(payment, Norm.Of(card.Select(e => e.Amount), 300), 30)));
        }

        return f;
    }

    private List<Payment> EventsOf(Payment payment) =>
        [.. _events.Where(e => e.Payment.CardHash == payment.CardHash).Select(e => e.Payment)];

    private static double Deviation(Payment p, Norm amounts, double priorMean)
    {
        var usual = amounts.Mean(priorMean, 5);
        return (p.Amount - usual) / Math.Sqrt(amounts.Variance(usual * usual, 5) + 1e-4);
    }

    private void Amounts(Payment p, List<Payment> card, double[] f)
    {
        var (amountMean, amountVariance) = PopulationAmount();
        var plainMean = (Known.Sum(e => e.Payment.Amount) + (20 * 30)) / (Known.Count() + 20);
        var logs = Norm.Of(card.Select(e => e.AmountLog), 300);
        f[(int)Feature.AmountLog] = Math.Log(1 + p.Amount);
        f[(int)Feature.AmountZ] = logs.Z(p.AmountLog, amountMean, amountVariance);

        var amounts = Norm.Of(card.Select(e => e.Amount), 300);
        f[(int)Feature.AmountDeviation] = Deviation(p, amounts, plainMean);
        var now = card.Count == 0 ? p.TimeMs : Math.Max(p.TimeMs, card.Max(e => e.TimeMs));
        f[(int)Feature.AmountExcess7Days] = _events.Where(e => e.Payment.CardHash == p.CardHash)
            .Sum(e => Math.Clamp(e.OwnDeviation - 2, 0, 8) * Math.Exp(-(now - e.Payment.TimeMs) / (7 * DayMs)));
        var before = card.Where(e => e.TimeMs <= p.TimeMs).ToList();
        var weights = before.Select(e => Math.Exp(-(p.TimeMs - e.TimeMs) / MonthMs)).ToList();
        var mean = (before.Zip(weights, (e, w) => e.Amount * w).Sum() + (5 * plainMean)) / (weights.Sum() + 5);
        f[(int)Feature.AmountToMean] = Math.Log((p.Amount + 1) / (mean + 1));
        f[(int)Feature.AmountToMaximum] = card.Count == 0 ? 0 : p.AmountLog - Math.Log(1 + card.Max(e => e.Amount));

        var inCategory = card.Where(e => e.Category == p.Category).ToList();
        f[(int)Feature.AmountToCategory] = p.AmountLog - (
            (inCategory.Sum(e => e.AmountLog) + (3 * CategoryAmount(p.Category).Mean)) / (inCategory.Count + 3));
        var recent = card.TakeLast(8).Where(e => e.TimeMs <= p.TimeMs).ToList();
        f[(int)Feature.RecentAmountShift] = recent.Sum(e => e.AmountLog - logs.PlainMean) / (recent.Count + 2);
        f[(int)Feature.SmallAmounts1Hour] = recent.Count(e => e.Amount < 5 && e.TimeMs > p.TimeMs - HourMs);
    }

    private void Velocities(Payment p, List<Payment> card, double[] f)
    {
        var before = card.Where(e => e.TimeMs <= p.TimeMs).ToList();
        var counts = TimeConstantsMs.Select(tau => before.Sum(e => Math.Exp(-(p.TimeMs - e.TimeMs) / tau))).ToArray();
        var sums = TimeConstantsMs.Select(tau => before.Sum(e => e.Amount * Math.Exp(-(p.TimeMs - e.TimeMs) / tau))).ToArray();
        for (var i = 0; i < 5; i++)
        {
            f[(int)Feature.Count10Minutes + i] = Math.Log(1 + counts[i]);
            f[(int)Feature.Sum10Minutes + i] = Math.Log(1 + sums[i]);
        }

        var ring = card.TakeLast(8).Where(e => e.TimeMs <= p.TimeMs).ToList();
        f[(int)Feature.ExactCount10Minutes] = ring.Count(e => e.TimeMs > p.TimeMs - 600e3);
        f[(int)Feature.ExactCount1Hour] = ring.Count(e => e.TimeMs > p.TimeMs - HourMs);

        var usual = Math.Exp(Norm.Of(card.Select(e => e.AmountLog), 300).Mean(PopulationAmount().Mean, 5));
        f[(int)Feature.CountBurst1Hour] = Math.Log((counts[1] + 1) / ((counts[4] / 720) + 1));
        f[(int)Feature.CountBurst] = Math.Log((counts[2] + 1) / ((counts[4] / 30) + 1));
        f[(int)Feature.SumBurst1Day] = Math.Log((sums[2] + p.Amount + usual) / ((sums[4] / 30) + usual));
        f[(int)Feature.SumBurst7Days] = Math.Log((sums[3] + p.Amount + usual) / ((sums[4] * 7 / 30) + usual));
        f[(int)Feature.CardAge] = Math.Log(1 + card.Count);
        f[(int)Feature.FirstPayment] = card.Count == 0 ? 1 : 0;
        f[(int)Feature.GapRatio] = card.Count == 0 ? 0 : Math.Log((Gap(p, before) + 60e3) / ((MonthMs / (counts[4] + 1)) + 60e3));
    }

    private static double Gap(Payment p, List<Payment> before) => before.Count == 0 ? MonthMs : p.TimeMs - before.Max(e => e.TimeMs);

    private void Times(Payment p, List<Payment> card, double[] f)
    {
        f[(int)Feature.GapLog] = Math.Log(1 + (Gap(p, [.. card.Where(e => e.TimeMs <= p.TimeMs)]) / 1000));

        // Counts in bytes, halved (rounding down) whenever they add up to 200.
        var hours = new int[24];
        foreach (var e in card)
        {
            hours = hours.Sum() >= 200 ? [.. hours.Select(h => h / 2)] : hours;
            hours[(int)(e.TimeMs / (long)HourMs % 24)]++;
        }

        var hour = (int)(p.TimeMs / (long)HourMs % 24);
        var known = Known.ToList();
        var population = (known.Count(e => e.Payment.TimeMs / (long)HourMs % 24 == hour) + 1) / (known.Count + 24.0);
        var own = (0.5 * hours[hour]) + (0.25 * hours[(hour + 1) % 24]) + (0.25 * hours[(hour + 23) % 24]);
        f[(int)Feature.HourSurprise] = -Math.Log(24 * (own + (20 * population)) / (hours.Sum() + 20));
        f[(int)Feature.HourSine] = Math.Sin(2 * Math.PI * (p.TimeMs % DayMs) / DayMs);
        f[(int)Feature.HourCosine] = Math.Cos(2 * Math.PI * (p.TimeMs % DayMs) / DayMs);
    }

    private static void Places(Payment p, List<Payment> card, double[] f)
    {
        // Places count in the order in which they came, except those behind the newest place.
        var places = new List<Payment>();
        foreach (var e in card.Where(e => e.HasPlace && e.Channel.IsCardPresent()))
        {
            if (places.Count == 0 || e.TimeMs >= places[^1].TimeMs)
            {
                places.Add(e);
            }
        }

        if (places.Count == 0 || !p.HasPlace || !p.Channel.IsCardPresent())
        {
            return;
        }

        var last = places[^1];
        var elapsed = Math.Abs(p.TimeMs - last.TimeMs);
        var distance = Km(last, p);
        f[(int)Feature.PlaceKnown] = 1;
        f[(int)Feature.DistanceLog] = Math.Log(1 + distance);
        f[(int)Feature.SpeedLog] = Math.Log(1 + (distance / Math.Max(0.05, elapsed / HourMs)));

        var squares = 0.0;
        for (var i = 1; i < places.Count; i++)
        {
            var (latitude, longitude) = Centre(places[..i], places[i - 1].TimeMs);
            var d = GreatCircle.DistanceKm(latitude, longitude, places[i].Latitude, places[i].Longitude);
            squares += d * d * Math.Exp(-(last.TimeMs - places[i].TimeMs) / MonthMs);
        }

        var weight = places.Sum(e => Math.Exp(-(last.TimeMs - e.TimeMs) / MonthMs));
        var centre = Centre(places, last.TimeMs);
        var fromCentre = GreatCircle.DistanceKm(centre.Latitude, centre.Longitude, p.Latitude, p.Longitude);
        f[(int)Feature.CentreDistanceLog] = Math.Log(1 + fromCentre);
        f[(int)Feature.CentreZ] = fromCentre / Math.Sqrt((squares + (3 * 25 * 25)) / (weight + 3));

        var trips = places.Zip(places.Skip(1), (a, b) => (Km: Km(a, b), b.TimeMs)).ToList();
        var day = trips.Sum(t => t.Km * Math.Exp(-(last.TimeMs - t.TimeMs + elapsed) / DayMs));
        var month = trips.Sum(t => t.Km * Math.Exp(-(last.TimeMs - t.TimeMs + elapsed) / MonthMs));
        f[(int)Feature.Travel1Day] = Math.Log(1 + day + distance);
        f[(int)Feature.TravelBurst] = Math.Log((day + distance + 10) / ((month / 30) + 10));
    }

    private static (double Latitude, double Longitude) Centre(List<Payment> places, long timeMs)
    {
        var weights = places.Select(e => Math.Exp(-(timeMs - e.TimeMs) / MonthMs)).ToList();
        return (places.Zip(weights, (e, w) => e.Latitude * w).Sum() / weights.Sum(), places.Zip(weights, (e, w) => e.Longitude * w)
            .Sum() / weights.Sum());
    }

    private static double Km(Payment a, Payment b) => GreatCircle.DistanceKm(a.Latitude, a.Longitude, b.Latitude, b.Longitude);

    private static void Novelties(Payment p, List<Payment> card, double[] f)
    {
        (f[(int)Feature.NewMerchant], f[(int)Feature.MerchantSurprise]) = Novelty(
            Ring(card.Select(e => (ulong)e.MerchantKey), 16), p.MerchantKey, 16);
        (f[(int)Feature.NewCountry], f[(int)Feature.CountrySurprise]) = Novelty(
            Ring(card.Select(e => (ulong)e.CountryCode), 4), p.CountryCode, 4);
        if (p.DeviceHash != 0)
        {
            f[(int)Feature.DeviceKnown] = 1;
            var devices = Ring(card.Where(e => e.DeviceHash != 0).Select(e => (ulong)e.DeviceKey), 4);
            (f[(int)Feature.NewDevice], f[(int)Feature.DeviceSurprise]) = Novelty(devices, p.DeviceKey, 4);
        }

        f[(int)Feature.ChannelSurprise] = Surprise(card.Count(e => e.Channel == p.Channel), card.Count, 6);
        f[(int)Feature.CategorySurprise] = Surprise(card.Count(e => e.Category == p.Category), card.Count, 14);
    }

    /// <summary>The last distinct keys, newest first, and how often each came since it was first among them; all halved when one has come
    /// 255 times.</summary>
    private static List<(ulong Key, int Count)> Ring(IEnumerable<ulong> keys, int length)
    {
        var ring = new List<(ulong Key, int Count)>();
        foreach (var key in keys)
        {
            var count = ring.Find(k => k.Key == key).Count;
            if (count == 255)
            {
                ring = [.. ring.Select(k => (k.Key, k.Count / 2))];
                count /= 2;
            }

            ring = [(key, count + 1), .. ring.Where(k => k.Key != key).Take(length - 1)];
        }

        return ring;
    }

    private static (double IsNew, double Surprise) Novelty(List<(ulong Key, int Count)> ring, ulong key, int kinds) =>
        (ring.Count > 0 && ring.All(k => k.Key != key)
            ? 1
            : 0, Surprise(ring.Find(k => k.Key == key).Count, ring.Sum(k => k.Count), kinds));

    private static double Surprise(double seen, double total, int kinds) => -Math.Log(kinds * (seen + 0.5) / (total + (kinds / 2.0)));

    private sealed record Norm(List<double> Values, List<double> Weights)
    {
        public double PlainMean => Values.Count == 0 ? 0 : Values.Zip(Weights, (v, w) => v * w).Sum() / Weights.Sum();

        public static Norm Of(IEnumerable<double> values, double memory)
        {
            var norm = new Norm([], []);
            foreach (var value in values)
            {
                var total = norm.Weights.Count < memory ? 0 : norm.Weights.Sum();
                for (var i = 0; total >= memory && i < norm.Weights.Count; i++)
                {
                    norm.Weights[i] *= (memory - 1) / total;
                }

                norm.Values.Add(value);
                norm.Weights.Add(1);
            }

            return norm;
        }

        public double Mean(double prior, double weight) =>
            (Values.Zip(Weights, (v, w) => v * w).Sum() + (weight * prior)) / (Weights.Sum() + weight);

        public double Variance(double prior, double weight) =>
            (Squares(PlainMean) + (weight * prior)) / (Weights.Sum() + weight);

        private double Squares(double mean) => Values.Zip(Weights, (v, w) => w * (v - mean) * (v - mean)).Sum();

        public double Z(double value, double priorMean, double priorVariance) =>
            (value - Mean(priorMean, 5)) / Math.Sqrt(Variance(priorVariance, 5) + 1e-4);
    }
}
