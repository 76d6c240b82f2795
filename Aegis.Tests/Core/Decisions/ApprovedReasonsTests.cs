using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.Core.Payments;
using Aegis.Core.Transactions;
using Aegis.Datasets.Simulation;

namespace Aegis.Tests.Core.Decisions;

/// <summary>What an approved payment is explained by, checked against all that the card paid before.</summary>
public sealed class ApprovedReasonsTests
{
    private const ulong Seed = 83;
    private const int Payments = 20_000;
    private const double High = 2;

    // Each accuses. The simulated payments' own facts give the rest of the codes nothing to say.
    private static readonly string[] Accusing =
    [
        "UNUSUAL_HOUR", "IMPOSSIBLE_TRAVEL", "SMALL_AMOUNTS_BEFORE", "AMOUNT_ABOVE_CARD_NORM", "MANY_PAYMENTS", "SPENDING_BURST",
        "SOON_AFTER_LAST_PAYMENT", "NEW_COUNTRY",
    ];

    [Fact]
    public void Reasons_OfSimulatedPayments_AccuseOnlyByTheCardsOwnNorm()
    {
        var random = new SeededRandom(Seed);
        var histories = new ShardHistories(CurrencyRates.Default);
        var paid = new Dictionary<string, List<Transaction>>();
        var features = new float[FeatureSchema.Count];
        var before = new CardHistory[1];
        var seen = new HashSet<string>();
        var (explained, silent) = (0, 0);
        foreach (var (transaction, _) in new TransactionSimulator(new SimulationOptions { Customers = 400, FraudShare = 0.05 })
            .Stream(new DateOnly(2026, 1, 1), 90).Take(Payments))
        {
            histories.ExtractAndAdd(Payment.Of(transaction, histories.Rates), features, before);
            if (!paid.TryGetValue(transaction.CardToken, out var earlier))
            {
                paid[transaction.CardToken] = earlier = [];
            }

            var norms = CardNorms.Of(before[0], MerchantCategories.Of(transaction.Mcc));
            var reasons = ReasonWriter.WriteApproved(High, transaction, features, Shares(ref random), norms, histories.Rates);
            foreach (var reason in reasons)
            {
                seen.Add(reason.Code);
                Assert.True(
                    IsSo(reason, transaction, earlier),
                    $"seed {Seed}, {transaction.Id} after {earlier.Count} payments: {reason.Code}: {reason.Text}");
            }

            explained += reasons.Count > 0 ? 1 : 0;
            silent += reasons.Count == 0 ? 1 : 0;
            earlier.Add(transaction);
        }

        Assert.Empty(Accusing.Except(seen));
        Assert.InRange(explained, Payments / 20, Payments);
        Assert.InRange(silent, Payments / 10, Payments);
    }

    [Theory]
    [InlineData(1.6, false)]
    [InlineData(1.7, true)]
    public void Reasons_OfAPaymentThatIsNotAmongTheRiskiestFifth_AreNone(double risk, bool isExplained)
    {
        var shares = new double[FeatureSchema.Count];
        shares[(int)Feature.NewCountry] = 1;
        var features = new float[FeatureSchema.Count];
        features[(int)Feature.NewCountry] = 1;
        var reasons = ReasonWriter.WriteApproved(
            risk, TestTransactions.Valid(), features, shares, new CardNorms(20, 46, 0), CurrencyRates.Default);
        Assert.Equal(isExplained ? ["NEW_COUNTRY"] : [], reasons.Select(reason => reason.Code));
    }

    /// <summary>Up to twenty features that speak equally loud.</summary>
    private static double[] Shares(ref SeededRandom random)
    {
        var shares = new double[FeatureSchema.Count];
        for (var i = 0; i < 20; i++)
        {
            shares[random.NextInt(FeatureSchema.Count)] = 0.05;
        }

        return shares;
    }

    private static bool IsSo(ReasonCode reason, Transaction now, List<Transaction> earlier) => reason.Code switch
    {
        "FIRST_PAYMENT" => earlier.Count == 0,
        "UNUSUAL_HOUR" => earlier.Count >= 20
            && earlier.Count(t => t.EventTime.UtcDateTime.Hour == now.EventTime.UtcDateTime.Hour) <= Math.Max(1, 0.1 * earlier.Count),
        "IMPOSSIBLE_TRAVEL" => earlier.Count >= 5 && LastPlace(earlier) is { } last && Km(last, now) >= 99,
        "SMALL_AMOUNTS_BEFORE" => earlier.Count(t => Value(t) < 5 && t.EventTime > now.EventTime.AddHours(-1)) >= 3,
        "AMOUNT_ABOVE_CARD_NORM" => earlier.Count >= 5 && Value(now) >= 1.99 * reason.Compared!.Usual
            && reason.Compared.Usual >= earlier.Min(Value) - 0.01,
        "MANY_PAYMENTS" => earlier.Count(t => t.EventTime > now.EventTime.AddDays(-4)) >= 2,
        "SOON_AFTER_LAST_PAYMENT" => earlier.Count >= 5 && reason.Compared!.Usual >= 10 * reason.Compared.Observed,
        "NEW_COUNTRY" => earlier.Count >= 5 && earlier[^1].Country != now.Country,
        "HOUR" or "CHANNEL" or "CATEGORY" or "AMOUNT" or "PLACE" or "NO_DEVICE" or "YOUNG_CARD" or "NO_SMALL_AMOUNTS" => false,
        _ => earlier.Count >= 5 || !IsAboutTheCard(reason.Code),
    };

    private static bool IsAboutTheCard(string code) => code.Contains("CARD", StringComparison.Ordinal)
        || code.StartsWith("NEW_", StringComparison.Ordinal) || code.StartsWith("UNUSUAL_", StringComparison.Ordinal)
        || code.StartsWith("SPENDING", StringComparison.Ordinal);

    private static Transaction? LastPlace(List<Transaction> earlier) => earlier.FindLast(t => t.Latitude is not null);

    private static double Km(Transaction a, Transaction b) =>
        GreatCircle.DistanceKm(a.Latitude!.Value, a.Longitude!.Value, b.Latitude!.Value, b.Longitude!.Value);

    private static double Value(Transaction t) => CurrencyRates.Default.ToReference(t.AmountMinor, t.Currency);
}
