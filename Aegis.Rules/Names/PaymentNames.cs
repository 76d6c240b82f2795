using Aegis.Core.Decisions;
using Aegis.Core.Transactions;

namespace Aegis.Rules.Names;

/// <summary>The names of a payment's fields and scores.</summary>
internal static class PaymentNames
{
    private const string Never = "never";
    private const string Unsent = "not sent";
    private const string NoRate = "the currency has no exchange rate";

    /// <summary>What the models say.</summary>
    public static IReadOnlyList<RuleName> Scores { get; } =
    [
        Number(
            RuleSource.Score, "score", "The models' score, 0 to 1,000: of a thousand training payments, so many looked less risky.", Never),
        Number(
            RuleSource.ForestPercentile, "forest_percentile", "The share of training payments with a lower forest score, 0 to 1.", Never),
        Number(
            RuleSource.AutoencoderPercentile, "autoencoder_percentile",
            "The share of training payments with a lower reconstruction error, 0 to 1.", Never),
        Number(RuleSource.TailSumPercentile, "tail_sum_percentile", "The share of training payments with a lower tail sum, 0 to 1.", Never),
        Number(
            RuleSource.ExternalScore, "external_score", "The raw score of the model that a user added.",
            "no such model, or it gave no number"),
        Coded(RuleSource.ModelOutcome, "model_outcome", "The outcome by the models and thresholds alone.", Never, OutcomeNames),
    ];

    /// <summary>Message names of outcomes, indexed by <see cref="DecisionOutcome"/>.</summary>
    public static string[] OutcomeNames => ["approve", "review", "decline"];

    /// <summary>The payment's fields.</summary>
    public static IReadOnlyList<RuleName> All(string reference) =>
    [
        Number(RuleSource.Amount, "amount", $"The amount in {reference}; refunds are positive too.", NoRate),
        Number(RuleSource.Amount, $"amount_{reference.ToLowerInvariant()}", "The same as `amount`.", NoRate),
        Number(RuleSource.AmountMinor, "amount_minor", "The amount as it was sent, in the currency's minor unit.", Never),
        Number(RuleSource.Hour, "hour", "The hour of the event time, 0 to 23, UTC.", Never),
        Number(RuleSource.Weekday, "weekday", "The day of the event time, UTC: 1 Monday to 7 Sunday.", Never),
        new(RuleSource.Card, "card", isText: true, "The card's token.", Never),
        new(RuleSource.Bin, "bin", "The first six digits of the card number.", Unsent, "six digits", IsBin),
        new(RuleSource.Merchant, "merchant", isText: true, "The merchant's id.", Never),
        new(RuleSource.Mcc, "mcc", "The merchant category code.", Never, "four digits", text => TransactionRules.IsDigits(text, 4)),
        new(RuleSource.Device, "device", isText: true, "The device's id.", Unsent),
        new(RuleSource.IpAddress, "ip", isText: true, "The caller's address, as it was sent.", Unsent),
        new(RuleSource.Country, "country", "The country of the payment.", Never, "a code of ISO 3166-1, for example DE", Countries.IsKnown),
        new(RuleSource.Currency, "currency", "Its currency.", Never, "a code of ISO 4217, for example EUR", Currencies.IsKnown),
        Coded(RuleSource.Channel, "channel", "How the card was presented.", Never, Channels.Names),
        Coded(RuleSource.Kind, "kind", "What the payment is for.", Never, PaymentKinds.Names),
        Coded(RuleSource.Authorisation, "authorisation", "What the terminal or the issuer answered.", Unsent, Authorisations.Names),
        Coded(RuleSource.DeclineReason, "decline_reason", "Why it was declined there.", Unsent, Authorisations.ReasonNames),
    ];

    private static bool IsBin(string text) => TransactionRules.IsDigits(text, TransactionRules.CardBinLength);

    private static RuleName Number(RuleSource source, string name, string meaning, string missing) =>
        new(source, name, isText: false, meaning, missing);

    private static RuleName Coded(RuleSource source, string name, string meaning, string missing, string[] names) =>
        new(source, name, meaning, missing, string.Join(", ", names), names.Contains);
}
