using System.Text.Json;
using Aegis.Client;
using Aegis.Core.Decisions;
using Dapper;

namespace Aegis.Scoring.Storage;

/// <summary>Keeps suites of made-up payments, every version of each.</summary>
internal sealed class SuiteStore(Store store)
{
    private const string Newest =
        "SELECT name, body, author, reason, at_ms AS AtMs FROM suites s WHERE id = (SELECT MAX(id) FROM suites WHERE name = s.name) AND body IS NOT NULL";

    /// <summary>All suites that are not removed, by name.</summary>
    public IReadOnlyList<SuiteReport> All()
    {
        using var connection = store.Connect();
        return [.. connection.Query<Row>($"{Newest} ORDER BY name").Select(row => row.ToReport())];
    }

    /// <summary>A suite; null if there is none of this name.</summary>
    public SuiteReport? Find(string name)
    {
        using var connection = store.Connect();
        return connection.QuerySingleOrDefault<Row>($"{Newest} AND name = @name", new { name })?.ToReport();
    }

    /// <summary>Writes a version.</summary>
    public void Write(SuiteReport suite) =>
        Add(
            suite.Name, JsonSerializer.Serialize(new SuiteBody(suite.Description, suite.Payments), AegisJson.Options), suite.By, suite.Why,
            suite.At);

    /// <summary>Removes a suite.</summary>
    public void Remove(string name, string by, string why, DateTimeOffset at) => Add(name, body: null, by, why, at);

    private void Add(string name, string? body, string by, string why, DateTimeOffset at)
    {
        using var connection = store.Connect();
        using var turn = store.Turn.EnterScope();
        connection.Execute(
            "INSERT INTO suites (name, body, author, reason, at_ms) VALUES (@name, @body, @by, @why, @atMs)",
            new { name, body, by, why, atMs = at.ToUnixTimeMilliseconds() });
    }

    private sealed record SuiteBody(string? Description, IReadOnlyList<SuitePayment> Payments);

    private sealed class Row
    {
        public required string Name { get; init; }
        public required string Body { get; init; }
        public required string Author { get; init; }
        public required string Reason { get; init; }
        public long AtMs { get; init; }

        public SuiteReport ToReport()
        {
            var body = JsonSerializer.Deserialize<SuiteBody>(Body, AegisJson.Options)!;
            return new SuiteReport(
                Name, body.Description, body.Payments, Author, Reason, DateTimeOffset.FromUnixTimeMilliseconds(AtMs));
        }
    }
}
