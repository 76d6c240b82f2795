using Aegis.Core.Decisions;
using Aegis.Core.Transactions;
using Aegis.Rules.Compiling;
using Aegis.Rules.Lists;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Models;

/// <summary>Shows payments to rules, the same way when they are decided and when a backtest decides them again.</summary>
internal static class RuleInputs
{
    /// <summary>A payment as rules see it.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="amount">Its amount in the reference currency; NaN if its currency has no rate.</param>
    /// <param name="features">The feature vector.</param>
    /// <param name="assessment">The models' scores.</param>
    /// <param name="modelOutcome">The outcome by the models alone.</param>
    /// <param name="lists">The lists in force.</param>
    /// <param name="stampMs">The log's stamp, Unix milliseconds.</param>
    /// <param name="hashes">The hashes of the transaction's id and of the card's token.</param>
    public static RuleInput Of(
        in TransactionView transaction, double amount, ReadOnlySpan<float> features, in Assessment assessment,
        DecisionOutcome modelOutcome, ListBook lists, long stampMs, (ulong Id, ulong Card) hashes) => new()
    {
        Features = features,
        Assessment = assessment,
        ModelOutcome = modelOutcome,
        Amount = amount,
        AmountMinor = transaction.AmountMinor,
        EventTimeMs = transaction.EventTimeMs,
        CardToken = transaction.CardToken,
        CardBin = transaction.CardBin,
        MerchantId = transaction.MerchantId,
        Mcc = transaction.Mcc,
        DeviceId = transaction.DeviceId,
        IpAddress = transaction.IpAddress,
        Country = transaction.Country,
        Currency = transaction.Currency,
        Channel = transaction.Channel,
        Kind = transaction.Kind,
        Authorisation = transaction.Authorisation,
        DeclineReason = transaction.DeclineReason,
        Lists = lists,
        StampMs = stampMs,
        IdHash = hashes.Id,
        CardHash = hashes.Card,
    };
}
