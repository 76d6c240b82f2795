using Aegis.Core.Decisions;
using Aegis.Rules.Sets;
using Aegis.Scoring.Commits;
using Dapper;

namespace Aegis.Scoring.Storage;

/// <summary>Writes which rules matched which payments, and adds up the counts of a commit.</summary>
internal sealed class RuleMatchWriter(StatementSet statements)
{
    private readonly Statement _match = statements.Prepare("INSERT INTO rule_matches (sequence, rule_id, is_live) VALUES (?, ?, ?)");
    private readonly Statement _count = statements.Prepare(
        """
        INSERT INTO rule_counts (rule_id, matches, alone, live) VALUES (?, ?, ?, ?)
        ON CONFLICT (rule_id) DO UPDATE SET matches = matches + excluded.matches, alone = alone + excluded.alone, live = live + excluded.live
        """);

    private readonly Dictionary<string, long> _sets = [];
    private readonly Dictionary<long, (long Matches, long Alone, long Live)> _counts = [];

    /// <summary>The number of the block's set of rules in the store; null if none is in force.</summary>
    public long? SetOf(DecisionBlock block)
    {
        if (block.Rules is not { } rules)
        {
            return null;
        }

        if (!_sets.TryGetValue(rules.Version, out var id))
        {
            _sets[rules.Version] = id = statements.Connection.QuerySingle<long>(
                "SELECT id FROM rule_sets WHERE version = @Version", new { rules.Version });
        }

        return id;
    }

    /// <summary>Writes the matches of a block whose decisions are written.</summary>
    public void Write(DecisionBlock block)
    {
        var matches = block.Matches.Rules;
        for (var i = 0; i < matches.Count; i++)
        {
            var (row, rule, isLive) = matches[i];
            var id = block.Rules!.Set.Rules[rule].Id;
            _match.Bind(block.FirstSequence + row).Bind(id).Bind(isLive ? 1 : 0).Execute();
            var isAlone = (i == 0 || matches[i - 1].Row != row) && (i == matches.Count - 1 || matches[i + 1].Row != row);
            var count = _counts.GetValueOrDefault(id);
            _counts[id] = (count.Matches + 1, count.Alone + (isAlone ? 1 : 0), count.Live + (isLive ? 1 : 0));
        }
    }

    /// <summary>Writes the sums.</summary>
    public void WriteCounts()
    {
        foreach (var (rule, count) in _counts)
        {
            _count.Bind(rule).Bind(count.Matches).Bind(count.Alone).Bind(count.Live).Execute();
        }

        Forget();
    }

    /// <summary>Forgets the sums.</summary>
    public void Forget() => _counts.Clear();
}
