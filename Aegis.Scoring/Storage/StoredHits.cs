using System.Text.Json;
using Aegis.Core.Decisions;
using Aegis.Rules.Sets;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Storage;

/// <summary>Reads which rules matched stored decisions, and on which lists they stood.</summary>
internal static class StoredHits
{
    private const int MaxAtOnce = 500;

    /// <summary>The decisions with their rules and lists.</summary>
    public static List<StoredDecision> WithHits(this IReadOnlyList<StoredDecision> decisions, SqliteConnection connection)
    {
        var rules = Read(decisions, stored => stored.Decision.RulesVersion is not null, sequences => RulesOf(connection, sequences));
        var lists = Read(decisions, stored => stored.Decision.ListsRevision is not null, sequences => ListsOf(connection, sequences));
        return [.. decisions.Select(stored => rules.Contains(stored.Sequence) || lists.Contains(stored.Sequence)
            ? stored with { Decision = stored.Decision with { Rules = Some(rules[stored.Sequence]), Lists = Some(lists[stored.Sequence]) } }
            : stored)];
    }

    private static ILookup<long, T> Read<T>(
        IReadOnlyList<StoredDecision> decisions, Func<StoredDecision, bool> mayHave,
        Func<long[], IEnumerable<(long Sequence, T Hit)>> read) =>
        decisions.Where(mayHave).Chunk(MaxAtOnce).SelectMany(some => read([.. some.Select(stored => stored.Sequence)]))
            .ToLookup(row => row.Sequence, row => row.Hit);

    private static T[]? Some<T>(IEnumerable<T> hits) => hits.ToArray() is { Length: > 0 } some ? some : null;

    private static IEnumerable<(long, RuleHit)> RulesOf(SqliteConnection connection, long[] sequences) =>
        connection.Query<(long Sequence, bool IsLive, string Name, int Version, string Body)>(
            """
            SELECT m.sequence, m.is_live, v.name, v.version, v.body FROM rule_matches m JOIN rule_versions v ON v.id = m.rule_id
            WHERE m.sequence IN @sequences ORDER BY m.sequence, m.rule_id
            """,
            new { sequences })
            .Select(row => (row.Sequence, JsonSerializer.Deserialize<RuleDefinition>(row.Body, AegisJson.Options)!
                .ToHit(row.Name, row.Version, row.IsLive)));

    private static IEnumerable<(long, ListHit)> ListsOf(SqliteConnection connection, long[] sequences) =>
        connection.Query<(long Sequence, string Name, long Of, long Effect, long Entry)>(
            """
            SELECT m.sequence, l.name, l.subject, l.effect, e.id FROM list_matches m
            JOIN list_entries e ON e.id = m.entry_id JOIN lists l ON l.id = e.list_id
            WHERE m.sequence IN @sequences ORDER BY m.sequence, l.subject, l.id
            """,
            new { sequences })
            .Select(row => (row.Sequence, new ListHit(row.Name, (ListSubject)row.Of, (ListEffect)row.Effect, row.Entry)));
}
