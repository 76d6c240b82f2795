using System.CommandLine;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Core.Numerics;
using Aegis.Scoring.Operator;
using Aegis.Streams;
using Aegis.Streams.Entries;
using Aegis.Streams.Redis;
using Aegis.TestRig.Servers;
using Aegis.Tests.MachineLearning;
using Aegis.Tests.Streams;

namespace Aegis.Tests.Scoring;

public sealed class DeadLetterTests(SmallModel small, RedisFixture redis)
    : EmptyLogTests(redis), IClassFixture<SmallModel>, IClassFixture<RedisFixture>
{
    private ScoringHost _host = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _host = await ScoringHost.StartAsync(small, Server, Folder);
    }

    public override async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task List_ByPages_GivesEveryLetterOnceNewestFirst()
    {
        await PoisonAsync([.. Enumerable.Range(0, 7).Select(i => ("json", $"poison {i}"))]);
        var seen = new List<string>();
        for (var (path, pages) = ("/dead-letters?limit=3", 0); ; pages++)
        {
            var page = (await _host.Http.GetFromJsonAsync<DeadLetterPage>(path, AegisJson.Options))!;
            seen.AddRange(page.DeadLetters.Select(letter => letter.Text!));
            if (page.Next is not { } next)
            {
                Assert.Equal(2, pages);
                break;
            }

            path = $"/dead-letters?limit=3&before={next}";
        }

        Assert.Equal(Enumerable.Range(0, 7).Reverse().Select(i => $"poison {i}"), seen);
    }

    [Fact]
    public async Task Export_OfMoreThanAPage_GivesAllOldestFirst()
    {
        await PoisonAsync([.. Enumerable.Range(0, 1_203).Select(i => ("json", $"poison {i}"))]);
        var lines = (await _host.Http.GetStringAsync("/dead-letters/export")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var letters = lines.Select(line => JsonSerializer.Deserialize<DeadLetterView>(line, AegisJson.Options)!).ToList();
        Assert.Equal(Enumerable.Range(0, 1_203).Select(i => $"poison {i}"), letters.Select(letter => letter.Text));
    }

    [Fact]
    public async Task Drive_OfATransactionOfTheWrongShard_DecidesItAndClosesTheLetter()
    {
        var transaction = TestTransactions.Valid("astray");
        var elsewhere = (StableHash.ShardOf(transaction.CardToken, SmallModel.Shards) + 1) % SmallModel.Shards;
        await AddAsync(elsewhere, "b", MessageCodec.Encode(new LogMessage([transaction], IsHistory: false, TestTransactions.Noon, null)));
        var letter = await OnlyLetterAsync();
        using var response = await _host.Http.PostAsync($"/dead-letters/{letter.Key}/drive", ScoringHost.EmptyJson());
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        await _host.DecidedAsync(1);
        Assert.Empty((await _host.Http.GetFromJsonAsync<DeadLetterPage>("/dead-letters", AegisJson.Options))!.DeadLetters);
        var closed = (await _host.Http.GetFromJsonAsync<DeadLetterPage>(
            "/dead-letters?state=all", AegisJson.Options))!.DeadLetters.Single();
        Assert.NotNull(closed.DrivenAgain);
    }

    [Fact]
    public async Task Drive_OfAJsonEntryThatCouldBeRead_DecidesIt()
    {
        var wrong = (StableHash.ShardOf("card-1", SmallModel.Shards) + 1) % SmallModel.Shards;
        await AddAsync(wrong, "json", Encoding.UTF8.GetBytes(Json("of-json")));
        var letter = await OnlyLetterAsync();
        using var driven = await _host.Http.PostAsync($"/dead-letters/{letter.Key}/drive", ScoringHost.EmptyJson());
        Assert.Equal(HttpStatusCode.Accepted, driven.StatusCode);
        await _host.DecidedAsync(1);
    }

    [Fact]
    public async Task Drive_OfWhatCannotBeDecided_SaysWhyAndTakesACorrection()
    {
        await PoisonAsync(("json", Json("broken").Replace("EUR", "EUX", StringComparison.Ordinal)));
        var letter = await OnlyLetterAsync();
        using var asItIs = await _host.Http.PostAsync($"/dead-letters/{letter.Key}/drive", ScoringHost.EmptyJson());
        Assert.Equal(HttpStatusCode.Conflict, asItIs.StatusCode);
        Assert.Contains("EUX", await asItIs.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var wrong = await _host.Http.PostAsync(
            $"/dead-letters/{letter.Key}/drive", new StringContent("{}", Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        using var corrected = await _host.Http.PostAsync(
            $"/dead-letters/{letter.Key}/drive", new StringContent(Json("broken"), Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.Accepted, corrected.StatusCode);
        await _host.DecidedAsync(1);
        Assert.Equal(1, (await _host.StatisticsAsync()).DeadLetters);
    }

    [Theory]
    [InlineData("no-key", HttpStatusCode.BadRequest)]
    [InlineData("1700000000000-3-1-0", HttpStatusCode.NotFound)]
    public async Task Drive_OfAWrongKey_SaysSo(string key, HttpStatusCode status)
    {
        using var response = await _host.Http.PostAsync($"/dead-letters/{key}/drive", ScoringHost.EmptyJson());
        Assert.Equal(status, response.StatusCode);
        Assert.Contains(key, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CommandLine_ListsShowsExportsAndDrives()
    {
        await PoisonAsync(("json", Json("by-hand").Replace("EUR", "EUX", StringComparison.Ordinal)));
        var key = (await OnlyLetterAsync()).Key;
        Assert.Contains(key, (await RunAsync("list")).Output, StringComparison.Ordinal);
        Assert.Contains("EUX", (await RunAsync("show", key)).Output, StringComparison.Ordinal);
        var export = Path.Combine(Folder, "letters.ndjson");
        Assert.Equal(0, (await RunAsync("export", export)).ExitCode);
        Assert.Contains(key, Assert.Single(await File.ReadAllLinesAsync(export)), StringComparison.Ordinal);
        var refused = await RunAsync("drive", key);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("EUX", refused.Error, StringComparison.Ordinal);
        var correction = Path.Combine(Folder, "correction.json");
        await File.WriteAllTextAsync(correction, Json("by-hand"));
        Assert.Equal(0, (await RunAsync("drive", key, "--with", correction)).ExitCode);
        await _host.DecidedAsync(1);
        Assert.Contains("0 dead letters", (await RunAsync("list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CommandLine_WithNobodyThere_SaysItInOneSentence()
    {
        var error = new StringWriter();
        var console = new InvocationConfiguration { Output = new StringWriter(), Error = error };
        var exitCode = await OperatorCommands.RunAsync(["dead-letters", "list", "--url", $"http://localhost:{Ports.Free()}"], console);
        Assert.Equal(1, exitCode);
        Assert.Contains("No scoring service answers", Assert.Single(error.ToString().Trim().Split('\n')),
            StringComparison.Ordinal);
    }

    private static string Json(string id) => $$"""
        {"id":"{{id}}","eventTime":"2026-03-01T12:00:00Z","cardToken":"card-1","amountMinor":4120,"currency":"EUR","merchantId":"m-1","mcc":"5732","country":"DE","channel":"ecommerce"}
        """;

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] args)
    {
        var error = new StringWriter();
        var console = new InvocationConfiguration { Output = new StringWriter(), Error = error };
        var exitCode = await OperatorCommands.RunAsync(["dead-letters", .. args, "--url", _host.Url], console);
        return (exitCode, console.Output.ToString()!, error.ToString());
    }

    /// <summary>Puts entries into the shard of card-1 and waits until they are dead letters.</summary>
    private async Task PoisonAsync(params (string Field, string Value)[] entries)
    {
        foreach (var (field, value) in entries)
        {
            await AddAsync(StableHash.ShardOf("card-1", SmallModel.Shards), field, Encoding.UTF8.GetBytes(value));
        }

        await ScoringHost.EventuallyAsync(
            async () => (await _host.StatisticsAsync()).DeadLetters == entries.Length, $"{entries.Length} dead letters");
    }

    private async Task AddAsync(int shard, string field, byte[] value) =>
        await Redis.ExecuteAsync(new RedisCommand("XADD", StreamKeys.Log(shard), "*", field, value), CancellationToken.None);

    private async Task<DeadLetterView> OnlyLetterAsync()
    {
        await ScoringHost.EventuallyAsync(async () => (await _host.StatisticsAsync()).DeadLetters == 1, "a dead letter");
        return Assert.Single((await _host.Http.GetFromJsonAsync<DeadLetterPage>("/dead-letters", AegisJson.Options))!.DeadLetters);
    }
}
