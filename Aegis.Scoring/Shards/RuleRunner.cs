using Aegis.Core.Decisions;
using Aegis.Core.Transactions;
using Aegis.Rules.Compiling;
using Aegis.Rules.Sets;
using Aegis.Scoring.Commits;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Shards;

/// <summary>Applies the rules in force to a shard's blocks. Only the shard's thread uses it.</summary>
internal sealed class RuleRunner(RuleBook book)
{
    private readonly RuleMemory _memory = book.CreateMemory();

    /// <summary>The rules.</summary>
    public RuleBook Book => book;

    /// <summary>Sets the outcome of each row by the models' outcome and the rules, and notes which rules matched.</summary>
    public void Apply(DecisionBlock block, DecisionPolicy policy, CurrencyRates rates)
    {
        if (book.Set.Rules.Count == 0)
        {
            return;
        }

        for (var index = 0; index < block.Count; index++)
        {
            ref var row = ref block.Rows[index];
            var transaction = new TransactionView(block.BodyOf(row));
            var input = new RuleInput
            {
                Features = block.FeaturesOf(index),
                Assessment = row.Assessment,
                ModelOutcome = row.ModelOutcome,
                Amount = rates.ToReference(transaction.AmountMinor, transaction.Currency),
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
            };
            row.Outcome = book.Apply(input, policy, row.Key.Id, row.CardHash, index, block.RuleMatches, _memory);
        }
    }
}
