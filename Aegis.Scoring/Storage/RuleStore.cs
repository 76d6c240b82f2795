using System.Text.Json;
using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Rules.Sets;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Storage;

/// <summary>Keeps every version of every rule, every step of their lives, and every set that was in force.</summary>
internal sealed class RuleStore(Store store)
{
    private const string Rules = """
        SELECT v.id, v.name, v.version, v.body, s.state, s.share FROM rule_versions v
        JOIN rule_steps s ON s.id = (SELECT MAX(id) FROM rule_steps WHERE rule_id = v.id)
        """;

    /// <summary>Adds a version of a rule as a draft.</summary>
    public StoredRule Add(string name, RuleDefinition definition, string author, string reason, DateTimeOffset at)
    {
        using var connection = store.Connect();
        using var turn = store.Turn.EnterScope();
        using var transaction = connection.BeginTransaction(deferred: false);
        var (id, version) = Draft(connection, transaction, name, definition, new RuleChange(RuleState.Draft, 0, author, reason, at));
        transaction.Commit();
        return new StoredRule(id, name, version, definition, RuleState.Draft, 0);
    }

    /// <summary>Notes steps that are taken together, and the set that is to be in force after them. Nobody else changes a rule
    /// meanwhile, and what a function throws undoes everything.</summary>
    /// <param name="stepsOf">Of all rules as they stand, the steps by rule; none if there is nothing to do.</param>
    /// <param name="setOf">Of all rules after the steps, the set.</param>
    /// <returns>The set in the order of changes; null if there were no steps.</returns>
    public RuleRevision? Change(
        Func<IReadOnlyList<StoredRule>, IReadOnlyList<(long Rule, RuleChange Step)>> stepsOf,
        Func<IReadOnlyList<StoredRule>, RuleSet> setOf)
    {
        using var connection = store.Connect();
        using var turn = store.Turn.EnterScope();
        using var transaction = connection.BeginTransaction(deferred: false);
        var revision = 0L;
        foreach (var (rule, step) in stepsOf(All(connection, transaction)))
        {
            revision = Note(connection, transaction, rule, step);
        }

        if (revision == 0)
        {
            return null;
        }

        var set = setOf(All(connection, transaction));
        Settle(connection, transaction, set, revision);
        transaction.Commit();
        return new RuleRevision(set.Version(), revision);
    }

    /// <summary>Adds rules in shadow, unless there is a rule already. Several processes may do so at once.</summary>
    public void AddFirst(IReadOnlyList<(string Name, RuleDefinition Definition)> rules, string author, string reason, DateTimeOffset at)
    {
        using var connection = store.Connect();
        using var turn = store.Turn.EnterScope();
        using var transaction = connection.BeginTransaction(deferred: false);
        if (rules.Count == 0 || connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM rule_versions)", transaction: transaction))
        {
            return;
        }

        var revision = 0L;
        foreach (var (name, definition) in rules)
        {
            var draft = new RuleChange(RuleState.Draft, 0, author, reason, at);
            var (id, _) = Draft(connection, transaction, name, definition, draft);
            revision = Note(connection, transaction, id, draft with { State = RuleState.Shadow });
        }

        Settle(connection, transaction, RuleSet.Of(All(connection, transaction).Select(rule => rule.ToRule())), revision);
        transaction.Commit();
    }

    /// <summary>All versions of all rules, by name and version.</summary>
    public IReadOnlyList<StoredRule> All()
    {
        using var connection = store.Connect();
        return All(connection, transaction: null);
    }

    /// <summary>A set of rules; null if the store does not hold it.</summary>
    public RuleSet? Set(string version)
    {
        using var connection = store.Connect();
        return connection.QuerySingleOrDefault<string>("SELECT body FROM rule_sets WHERE version = @version", new { version }) is { } body
            ? RuleSet.Parse(body)
            : null;
    }

    /// <summary>The set of the last change; null before the first.</summary>
    public RuleRevision? Newest()
    {
        using var connection = store.Connect();
        return connection.Query<(string Version, long Revision)>(
            "SELECT r.version, s.id FROM rule_steps s JOIN rule_sets r ON r.id = s.set_id ORDER BY s.id DESC LIMIT 1")
            .Select(newest => (RuleRevision?)new RuleRevision(newest.Version, newest.Revision)).FirstOrDefault();
    }

    /// <summary>The steps of a version, oldest first.</summary>
    public IReadOnlyList<RuleStep> Steps(long rule)
    {
        using var connection = store.Connect();
        return [.. connection.Query<(long State, double Share, string Author, string Reason, long AtMs)>(
            "SELECT state, share, author, reason, at_ms FROM rule_steps WHERE rule_id = @rule ORDER BY id", new { rule })
            .Select(step => new RuleStep(
                (RuleState)step.State, step.Share, step.Author, step.Reason, DateTimeOffset.FromUnixTimeMilliseconds(step.AtMs)))];
    }

    /// <summary>What a version has matched, and what labels say of its newest matches.</summary>
    public RuleMatches Matches(long rule)
    {
        using var connection = store.Connect();
        var (matches, alone, live) = connection.QuerySingleOrDefault<(long, long, long)>(
            "SELECT matches, alone, live FROM rule_counts WHERE rule_id = @rule", new { rule });
        // Of several labels of a payment the last one taken in counts.
        var labels = connection.Query<(long IsFraud, long Count)>(
            """
            SELECT l.is_fraud, COUNT(*) FROM (SELECT sequence FROM rule_matches WHERE rule_id = @rule ORDER BY sequence DESC LIMIT @limit) m
            JOIN decisions d ON d.sequence = m.sequence
            JOIN labels l ON l.id_hash = d.id_hash AND NOT EXISTS (
                SELECT 1 FROM labels n WHERE n.id_hash = l.id_hash AND (n.position_ms, n.position_seq) > (l.position_ms, l.position_seq))
            GROUP BY l.is_fraud
            """,
            new { rule, limit = RuleMatches.Judged }).ToDictionary(row => row.IsFraud, row => row.Count);
        return new RuleMatches(matches, alone, live, labels.GetValueOrDefault(1), labels.GetValueOrDefault(0));
    }

    private static (long Id, int Version) Draft(
        SqliteConnection connection, SqliteTransaction transaction, string name, RuleDefinition definition, RuleChange step)
    {
        var added = connection.QuerySingle<(long Id, int Version)>(
            """
            INSERT INTO rule_versions (name, version, body)
            VALUES (@name, (SELECT COALESCE(MAX(version), 0) + 1 FROM rule_versions WHERE name = @name), @body) RETURNING id, version
            """,
            new { name, body = JsonSerializer.Serialize(definition, AegisJson.Options) }, transaction);
        Note(connection, transaction, added.Id, step);
        return added;
    }

    private static long Note(SqliteConnection connection, SqliteTransaction transaction, long rule, RuleChange step) =>
        connection.QuerySingle<long>(
            """
            INSERT INTO rule_steps (rule_id, state, share, author, reason, at_ms) VALUES (@rule, @state, @Share, @Author, @Reason, @atMs)
            RETURNING id
            """,
            new { rule, state = (int)step.State, step.Share, step.Author, step.Reason, atMs = step.At.ToUnixTimeMilliseconds() },
            transaction);

    /// <summary>Stores the set that a step makes.</summary>
    private static void Settle(SqliteConnection connection, SqliteTransaction transaction, RuleSet set, long revision) =>
        connection.Execute(
            """
            INSERT INTO rule_sets (version, body, added_at_ms) VALUES (@version, @body, unixepoch() * 1000) ON CONFLICT (version) DO NOTHING;
            UPDATE rule_steps SET set_id = (SELECT id FROM rule_sets WHERE version = @version) WHERE id = @revision
            """,
            new { version = set.Version(), body = set.ToJson(), revision }, transaction);

    private static List<StoredRule> All(SqliteConnection connection, SqliteTransaction? transaction) =>
        [.. connection.Query<(long Id, string Name, int Version, string Body, long State, double Share)>(
            $"{Rules} ORDER BY v.name, v.version", transaction: transaction)
            .Select(row => new StoredRule(
                row.Id, row.Name, row.Version, JsonSerializer.Deserialize<RuleDefinition>(row.Body, AegisJson.Options)!,
                (RuleState)row.State, row.Share))];
}
