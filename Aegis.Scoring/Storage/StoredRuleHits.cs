using System.Text.Json;
using Aegis.Core.Decisions;
using Aegis.Rules.Sets;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Storage;

/// <summary>Reads which rules matched stored decisions.</summary>
internal static class StoredRuleHits
{
    private const int MaxAtOnce = 500;

    /// <summary>The decisions with the rules that matched them.</summary>
    public static List<StoredDecision> WithRules(this IReadOnlyList<StoredDecision> decisions, SqliteConnection connection)
    {
        var hits = new Dictionary<long, List<RuleHit>>();
        foreach (var some in decisions.Where(stored => stored.Decision.RulesVersion is not null).Chunk(MaxAtOnce))
        {
            Read(connection, [.. some.Select(stored => stored.Sequence)], hits);
        }

        return [.. decisions.Select(stored => hits.TryGetValue(stored.Sequence, out var rules)
            ? stored with { Decision = stored.Decision with { Rules = rules } }
            : stored)];
    }

    private static void Read(SqliteConnection connection, long[] sequences, Dictionary<long, List<RuleHit>> hits)
    {
        foreach (var (sequence, isLive, name, version, body) in connection.Query<(long, bool, string, int, string)>(
            """
            SELECT m.sequence, m.is_live, v.name, v.version, v.body FROM rule_matches m JOIN rule_versions v ON v.id = m.rule_id
            WHERE m.sequence IN @sequences ORDER BY m.sequence, m.rule_id
            """,
            new { sequences }))
        {
            if (!hits.TryGetValue(sequence, out var rules))
            {
                hits[sequence] = rules = [];
            }

            rules.Add(JsonSerializer.Deserialize<RuleDefinition>(body, AegisJson.Options)!.ToHit(name, version, isLive));
        }
    }
}
