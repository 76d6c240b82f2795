using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Rules.Lists;
using Dapper;

namespace Aegis.Scoring.Storage;

/// <summary>Reads lists, their entries and the snoozes: for people, and what changed between revisions.</summary>
internal sealed class ListReader(Store store)
{
    private const string Columns = "id, name, subject, effect, description, author, reason, at_ms";

    private const string Entries = """
        SELECT e.id, e.value, COALESCE(e.reason, r.reason), r.author, r.at_ms, e.until_ms FROM list_entries e
        JOIN list_revisions r ON r.id = e.added WHERE e.list_id = @Id
        """;

    private const string There = $"{Entries} AND e.removed IS NULL";

    /// <summary>The revision of the last change; 0 before the first.</summary>
    public long Newest()
    {
        using var connection = store.Connect();
        return connection.ExecuteScalar<long?>("SELECT MAX(id) FROM list_revisions") ?? 0;
    }

    /// <summary>All lists, by name.</summary>
    public IReadOnlyList<StoredList> All()
    {
        using var connection = store.Connect();
        return [.. connection.Query<Row>($"SELECT {Columns} FROM lists ORDER BY name").Select(row => row.ToList())];
    }

    /// <summary>A list; null if there is none of this name.</summary>
    public StoredList? Find(string name)
    {
        using var connection = store.Connect();
        return connection.QuerySingleOrDefault<Row>($"SELECT {Columns} FROM lists WHERE name = @name", new { name })?.ToList();
    }

    /// <summary>The number of entries that are not removed, by list.</summary>
    public IReadOnlyDictionary<long, long> Counts()
    {
        using var connection = store.Connect();
        return connection.Query<(long List, long Count)>(
            "SELECT list_id, COUNT(*) FROM list_entries WHERE removed IS NULL GROUP BY list_id")
            .ToDictionary(row => row.List, row => row.Count);
    }

    /// <summary>The lists at a revision, from those at another one before it.</summary>
    /// <param name="before">The lists at the earlier revision.</param>
    /// <param name="revision">The revision wanted, not below that.</param>
    public ListBook Advance(ListBook before, long revision)
    {
        var lists = All().ToDictionary(stored => stored.List.Id, stored => stored.List);
        using var connection = store.Connect();
        var span = new { from = before.Revision, to = revision };
        var entries = Changes("list_entries").SelectMany(part => connection.Query<(long Entry, long List, string Value, long? Until)>(
                $"SELECT id, list_id, value, until_ms FROM {part.Sql}", span)
            .Select(row => new ListChange(lists[row.List], row.Entry, row.Value, row.Until ?? long.MaxValue, part.IsAdded)));
        var snoozes = Changes("snoozes").SelectMany(part => connection.Query<(string Rule, long Of, string Value, long Until)>(
                $"SELECT rule, subject, value, until_ms FROM {part.Sql}", span)
            .Select(row => new SnoozeChange(row.Rule, (ListSubject)row.Of, row.Value, row.Until, part.IsAdded)));
        return before.After(revision, entries, snoozes);
    }

    /// <summary>A page of a list's entries, newest first.</summary>
    /// <param name="list">The list.</param>
    /// <param name="value">Only this value; null for all.</param>
    /// <param name="before">Only entries of a smaller number; null for the newest.</param>
    /// <param name="limit">The most entries.</param>
    public IReadOnlyList<ListEntryReport> Page(ListInfo list, string? value, long? before, int limit)
    {
        using var connection = store.Connect();
        return [.. connection.Query<(long, string, string, string, long, long?)>(
            $"""
            {There} AND (@value IS NULL OR e.value = @value) AND (@before IS NULL OR e.id < @before) ORDER BY e.id DESC LIMIT @limit
            """,
            new { list.Id, value, before, limit }).Select(Report)];
    }

    /// <summary>An entry of a list, also one that was removed; null if there is none of this number.</summary>
    public ListEntryReport? Find(ListInfo list, long entry)
    {
        using var connection = store.Connect();
        var removal = connection.Query<(string By, string Why, long At)>(
            "SELECT r.author, r.reason, r.at_ms FROM list_entries e JOIN list_revisions r ON r.id = e.removed WHERE e.id = @entry",
            new { entry })
            .Select(row => new ListRemoval(row.By, row.Why, DateTimeOffset.FromUnixTimeMilliseconds(row.At))).FirstOrDefault();
        return connection.Query<(long, string, string, string, long, long?)>($"{Entries} AND e.id = @entry", new { list.Id, entry })
            .Select(row => Report(row) with { Removed = removal }).FirstOrDefault();
    }

    /// <summary>All entries of a list, oldest first.</summary>
    public IEnumerable<ListEntryReport> All(ListInfo list)
    {
        using var connection = store.Connect();
        foreach (var row in connection.Query<(long, string, string, string, long, long?)>(
            $"{There} ORDER BY e.id", new { list.Id }, buffered: false))
        {
            yield return Report(row);
        }
    }

    /// <summary>All snoozes that nobody has ended, newest first.</summary>
    public IReadOnlyList<SnoozeReport> Snoozes()
    {
        using var connection = store.Connect();
        return [.. connection.Query<(long Id, string Rule, long Of, string Value, long Until, string Author, string Reason, long At)>(
            """
            SELECT s.id, s.rule, s.subject, s.value, s.until_ms, r.author, r.reason, r.at_ms FROM snoozes s
            JOIN list_revisions r ON r.id = s.added WHERE s.removed IS NULL ORDER BY s.id DESC
            """)
            .Select(row => new SnoozeReport(
                row.Id, row.Rule, (ListSubject)row.Of, row.Value, DateTimeOffset.FromUnixTimeMilliseconds(row.Until), row.Author,
                row.Reason, DateTimeOffset.FromUnixTimeMilliseconds(row.At)))];
    }

    /// <summary>What left between two revisions after it was there at the first, then what came and is there at the second.</summary>
    private static (string Sql, bool IsAdded)[] Changes(string table) =>
    [
        ($"{table} WHERE removed > @from AND removed <= @to AND added <= @from", false),
        ($"{table} WHERE added > @from AND added <= @to AND (removed IS NULL OR removed > @to)", true),
    ];

    private static ListEntryReport Report((long Id, string Value, string Reason, string Author, long At, long? Until) row) => new(
        row.Id, row.Value, row.Reason, row.Author, DateTimeOffset.FromUnixTimeMilliseconds(row.At),
        row.Until is { } until ? DateTimeOffset.FromUnixTimeMilliseconds(until) : null);

    private sealed record Row(
        long Id, string Name, long Subject, long Effect, string? Description, string Author, string Reason, long At_Ms)
    {
        public StoredList ToList() => new(
            new ListInfo(Id, Name, (ListSubject)Subject, (ListEffect)Effect), Description, Author, Reason,
            DateTimeOffset.FromUnixTimeMilliseconds(At_Ms));
    }
}
