using Aegis.Core.Decisions;
using Aegis.Core.Transactions;
using Aegis.Rules.Lists;
using Aegis.Rules.Sets;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Models;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Shards;

/// <summary>Applies the rules and lists in force to a shard's blocks. It fetches them when they first decide: a shard that reads
/// its log again passes many that do not. Only the shard's thread uses it.</summary>
internal sealed class RuleRunner(ModelRegistry models, VersionsInForce versions)
{
    private RuleBook? _rules;
    private ListBook _lists = ListBook.Empty;
    private RuleMemory? _memory;

    /// <summary>Sets the outcome of each row by the models' outcome, the rules and the lists, and notes which matched.</summary>
    public void Apply(DecisionBlock block, DecisionPolicy policy, CurrencyRates rates)
    {
        if (block.Count == 0)
        {
            return;
        }

        var memory = _memory ??= Fetch();
        block.Lists = _lists;
        block.Rules = versions.Rules is null ? null : _rules;
        if (_rules!.Set.Rules.Count == 0 && !_lists.Decides)
        {
            return;
        }

        for (var index = 0; index < block.Count; index++)
        {
            ref var row = ref block.Rows[index];
            var transaction = new TransactionView(block.BodyOf(row));
            var input = RuleInputs.Of(
                transaction, rates.ToReference(transaction.AmountMinor, transaction.Currency), block.FeaturesOf(index), row.Assessment,
                row.ModelOutcome, _lists, row.Position.Milliseconds, (row.Key.Id, row.CardHash));
            row.Outcome = _rules.Apply(input, policy, index, block.Matches, memory);
        }
    }

    private RuleMemory Fetch()
    {
        _rules = versions.Rules is { } rules ? models.Rules.Get(rules) : RuleBook.Empty;
        _lists = models.Lists.Get(versions.ListsRevision);
        return _rules.CreateMemory();
    }
}
