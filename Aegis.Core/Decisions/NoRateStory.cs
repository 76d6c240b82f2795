using Aegis.Core.Features;
using Aegis.Core.Transactions;

namespace Aegis.Core.Decisions;

/// <summary>What the features of an amount tell where its currency has no rate: that it was compared with nothing.</summary>
internal static class NoRateStory
{
    /// <summary>True for a feature that would compare an amount without a rate.</summary>
    public static bool Tells(Feature feature, Transaction transaction, CurrencyRates rates) => feature is
        Feature.AmountLog or Feature.AmountZ or Feature.AmountDeviation or Feature.AmountToMean or Feature.AmountToMaximum
            or Feature.AmountToCategory or Feature.CategoryAmountZ or Feature.MerchantAmountZ or Feature.Sum10Minutes or Feature.Sum1Hour
            or Feature.Sum1Day or Feature.Sum7Days or Feature.Sum30Days or Feature.SumBurst1Day or Feature.SumBurst7Days
        && Applies(transaction, rates);

    /// <summary>True for an amount whose currency has no rate.</summary>
    public static bool Applies(Transaction transaction, CurrencyRates rates) =>
        double.IsNaN(rates.ToReference(transaction.AmountMinor, transaction.Currency));

    /// <summary>The reason.</summary>
    public static ReasonStory Of(Transaction transaction) => new(
        "NO_EXCHANGE_RATE",
        $"{Currencies.Format(transaction.AmountMinor, transaction.Currency)} was not compared: there is no exchange rate for {transaction.Currency}.");
}
