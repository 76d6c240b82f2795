using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Scoring.Notifications;
using Aegis.Scoring.Storage;
using Aegis.Tests.MachineLearning;
using Aegis.Tests.Streams;
using Microsoft.Extensions.DependencyInjection;

namespace Aegis.Tests.Scoring;

public sealed class ChannelTests(SmallModel small, RedisFixture redis)
    : EmptyLogTests(redis), IClassFixture<SmallModel>, IClassFixture<RedisFixture>
{
    private const string By = "fraud desk";
    private static readonly ChannelStep _step = new(By, "a test");
    private readonly ShiftedTime _time = new();

    [Fact]
    public async Task Alerts_GoSignedAndInOrder_AlsoToAReceiverThatWasDownForMinutes()
    {
        await using var sink = await MessageSink.StartAsync();
        await using var other = await MessageSink.StartAsync();
        await using var host = await StartAsync();
        var api = new AegisClient(host.Http);
        await api.UseThresholdsAsync(new Thresholds(0, 0));
        var secret = (await api.SetChannelAsync("desk", Channel(sink))).Secret!;
        await api.SetChannelAsync("other", Channel(other));
        sink.Status = 503;
        for (var i = 0; i < 12; i++)
        {
            await host.DecideAsync($"t-{i}");
        }

        await ScoringHost.EventuallyAsync(() => Task.FromResult(other.Taken.Count == 12 && sink.Refused > 0), "the other has all");
        Assert.Empty(sink.Taken);
        Assert.Equal((12, 0), ((await ReportAsync(api, "desk")).Waiting, (await ReportAsync(api, "other")).Waiting));
        Assert.Equal("The receiver answered 503.", (await ReportAsync(api, "desk")).Fault);

        // The desk is down for two minutes more, then takes everything once.
        _time.Ahead += TimeSpan.FromMinutes(2);
        sink.Status = 200;
        await ScoringHost.EventuallyAsync(() => Task.FromResult(sink.Taken.Count == 12), "the desk has all");
        Assert.Equal(Enumerable.Range(0, 12).Select(i => $"t-{i}"), sink.Taken.Select(message => (string?)About(message)["id"]));
        Assert.Equal(12, sink.Taken.Select(message => message.Id).Distinct().Count());
        Assert.All(sink.Taken, message => Assert.Equal(1, Signed(message, secret)));
        Assert.All(sink.Taken, message => Assert.Equal(0, Signed(message, secret + "x")));
        var first = About(sink.Taken.First());
        Assert.Equal(("decline", 4120, "card-1"), ((string?)first["outcome"], (int?)first["amountMinor"], (string?)first["cardToken"]));
    }

    [Fact]
    public async Task Receiver_ThatNeverAnswers_SlowsNeitherDecisionsNorOtherChannels()
    {
        await using var sink = await MessageSink.StartAsync();
        await using var silent = await MessageSink.StartAsync();
        silent.Hangs = true;
        await using var host = await StartAsync();
        var api = new AegisClient(host.Http);
        await api.UseThresholdsAsync(new Thresholds(0, 0));
        await api.SetChannelAsync("silent", Channel(silent));
        await api.SetChannelAsync("desk", Channel(sink));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        for (var i = 0; i < 30; i++)
        {
            await host.DecideAsync($"t-{i}");
        }

        await ScoringHost.EventuallyAsync(() => Task.FromResult(sink.Taken.Count == 30), "the desk has all", seconds: 8);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(8), $"{clock.Elapsed}");
        Assert.Equal(30, (await ReportAsync(api, "silent")).Waiting);
    }

    [Fact]
    public async Task Filters_TellOnlyWhatIsWanted_AndAPausedChannelKeepsItsMessages()
    {
        await using var sink = await MessageSink.StartAsync();
        await using var host = await StartAsync();
        var api = new AegisClient(host.Http);
        await api.UseThresholdsAsync(new Thresholds(0, 60));
        await api.SetChannelAsync("declines", Channel(sink) with { Outcomes = ["decline"] });
        await api.SetChannelAsync("large", Channel(sink) with { MinAmount = 1_000 });
        await api.SetChannelAsync("health", Channel(sink) with { Events = ["health"] });
        await api.SetChannelAsync("paused", Channel(sink) with { IsPaused = true });
        await host.DecideAsync("t-1");
        await ScoringHost.EventuallyAsync(async () => (await ReportAsync(api, "paused")).Waiting == 1, "the paused channel has it");
        Assert.All(
            await Task.WhenAll(new[] { "declines", "large", "health" }.Select(name => ReportAsync(api, name))),
            report => Assert.Equal((0, 0), (report.Waiting, report.Dead)));
        Assert.Empty(sink.Taken);
        await api.SetChannelAsync("paused", Channel(sink));
        await ScoringHost.EventuallyAsync(() => Task.FromResult(sink.Taken.Count == 1), "it is sent");
    }

    [Fact]
    public async Task Message_IsGivenUpAfterADay_AndSentWhenSomebodyAsks()
    {
        await using var sink = await MessageSink.StartAsync();
        sink.Status = 500;
        await using var host = await StartAsync();
        var api = new AegisClient(host.Http);
        await api.SetChannelAsync("desk", Channel(sink));
        var message = await api.TestChannelAsync("desk", _step);
        await ScoringHost.EventuallyAsync(() => Task.FromResult(sink.Refused > 0), "tried");
        _time.Ahead += TimeSpan.FromHours(25);
        await ScoringHost.EventuallyAsync(async () => (await ReportAsync(api, "desk")).Dead == 1, "given up");
        var dead = Assert.Single((await api.OutboxAsync(state: MessageState.Dead)).Messages);
        Assert.Equal((message.Id, NoticeKind.Test, "The receiver answered 500."), (dead.Id, dead.Event, dead.Fault));

        sink.Status = 200;
        Assert.Equal(1, (await api.RetryAsync(new OutboxRetry(Channel: "desk"))).Messages);
        await ScoringHost.EventuallyAsync(() => Task.FromResult(sink.Taken.Count == 1), "sent");
        Assert.Equal($"{message.Id}", sink.Taken.Single().Id);
        Assert.Equal(0, (await api.RetryAsync(new OutboxRetry(Id: message.Id))).Messages);
    }

    [Fact]
    public async Task Secret_ThatWasRotated_SignsBesideTheNewOneForADay_AndIsToldOnce()
    {
        await using var sink = await MessageSink.StartAsync();
        await using var host = await StartAsync();
        var api = new AegisClient(host.Http);
        var first = (await api.SetChannelAsync("desk", Channel(sink))).Secret!;
        Assert.Null((await api.SetChannelAsync("desk", Channel(sink))).Secret);
        Assert.Null((await ReportAsync(api, "desk")).Secret);
        var second = (await api.RotateSecretAsync("desk", _step)).Secret!;
        await api.TestChannelAsync("desk", _step);
        await ScoringHost.EventuallyAsync(() => Task.FromResult(sink.Taken.Count == 1), "sent");
        Assert.Equal((1, 1), (Signed(sink.Taken.Last(), first), Signed(sink.Taken.Last(), second)));

        _time.Ahead += TimeSpan.FromHours(25);
        await api.TestChannelAsync("desk", _step);
        await ScoringHost.EventuallyAsync(() => Task.FromResult(sink.Taken.Count == 2), "sent");
        Assert.Equal((0, 1), (Signed(sink.Taken.Last(), first), Signed(sink.Taken.Last(), second)));
        Assert.Equal(["new secret", "set", "set"], (await ReportAsync(api, "desk")).Changes.Select(change => change.What));
    }

    [Fact]
    public async Task Messages_ComeInTheFormsOfSlackAndTeams_AndOfDeadLettersAndHealth()
    {
        await using var sink = await MessageSink.StartAsync();
        await using var host = await StartAsync();
        var api = new AegisClient(host.Http);
        await api.SetChannelAsync("slack", Channel(sink) with { Template = "slack" });
        await api.TestChannelAsync("slack", new ChannelStep("<desk> & co", "a test"));
        await ScoringHost.EventuallyAsync(() => Task.FromResult(sink.Taken.Count == 1), "sent");
        Assert.Equal(
            "A test of this channel, asked for by &lt;desk&gt; &amp; co.", (string?)JsonNode.Parse(sink.Taken.Last().Body)!["text"]);
        await api.RemoveChannelAsync("slack", _step);

        await api.SetChannelAsync("teams", Channel(sink) with { Template = "teams" });
        var outbox = host.Get<OutboxStore>();
        var before = outbox.Told(OutboxStore.DeadLettersTold);
        var message = new NewMessage(
            host.Get<ChannelStore>().Find("teams")!.Id, NoticeKind.DeadLetters, MessageBody.OfDeadLetters("teams", 3, _time.GetUtcNow()));
        outbox.Tell(OutboxStore.DeadLettersTold, before, before + 3, [message], _time.GetUtcNow());
        // A process that died in between tells the same again: the cursor has moved, and nothing is doubled.
        outbox.Tell(OutboxStore.DeadLettersTold, before, before + 3, [message], _time.GetUtcNow());
        var notices = host.Get<HealthNotices>();
        const string Full = "the store is full";
        foreach (var fault in new[] { null, null, null, Full, null, Full, Full, Full, Full, null, null, null })
        {
            notices.Note(fault);
        }

        await ScoringHost.EventuallyAsync(() => Task.FromResult(sink.Taken.Count >= 4), "sent");
        Assert.Equal(
            [
                "3 more entries of the log could not be decided; GET /dead-letters lists them.",
                "Scoring process scoring: the store is full",
                "Scoring process scoring is healthy again.",
            ],
            sink.Taken.Skip(1).Select(taken =>
                (string?)JsonNode.Parse(taken.Body)!["attachments"]![0]!["content"]!["body"]![0]!["text"]));
    }

    [Fact]
    public async Task Receiver_InAPrivateNetwork_IsNotReached()
    {
        await using var host = await StartAsync();
        var api = new AegisClient(host.Http);
        await api.SetChannelAsync("inside", new ChannelRequest("https://10.1.2.3/hook", By: By, Why: "a test"));
        await api.TestChannelAsync("inside", _step);
        await ScoringHost.EventuallyAsync(async () => (await ReportAsync(api, "inside")).Fault is not null, "tried");
        Assert.Contains("a private address", (await ReportAsync(api, "inside")).Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("192.168.1.1", true)]
    [InlineData("::ffff:10.0.0.1", true)]
    [InlineData("169.254.169.254", true)]
    [InlineData("fd00::1", true)]
    [InlineData("::1", true)]
    [InlineData("8.8.8.8", false)]
    [InlineData("2606:4700::1111", false)]
    public void Address_IsKnownAsPrivate(string address, bool isPrivate) =>
        Assert.Equal(isPrivate, ReceiverAddress.IsPrivate(System.Net.IPAddress.Parse(address)));

    [Theory]
    [InlineData("""{"url":"http://example.com/","by":"a","why":"b"}""", "url is 'http://example.com/'; allowed: an https address")]
    [InlineData("""{"url":"https://u:p@example.com/","by":"a","why":"b"}""", "url")]
    [InlineData("""{"url":"file:///etc/passwd","by":"a","why":"b"}""", "url")]
    [InlineData("""{"by":"a","why":"b"}""", "url")]
    [InlineData("""{"url":"https://example.com/","template":"xml","by":"a","why":"b"}""", "template is 'xml'; allowed: generic, slack, teams")]
    [InlineData("""{"url":"https://example.com/","events":["alerts"],"by":"a","why":"b"}""", "events is 'alerts'; allowed: some of alert, deadLetters, health")]
    [InlineData("""{"url":"https://example.com/","outcomes":[],"by":"a","why":"b"}""", "outcomes")]
    [InlineData("""{"url":"https://example.com/","minScore":1001,"by":"a","why":"b"}""", "minScore is '1001'; allowed: 0 to 1,000")]
    [InlineData("""{"url":"https://example.com/","maxAnHour":0,"by":"a","why":"b"}""", "maxAnHour is '0'; allowed: 1 to 100,000")]
    public async Task Channel_ThatIsNone_IsRefusedByItsField(string body, string expected)
    {
        await using var host = await StartAsync();
        await host.RefusesAsync("PUT", "/channels/desk", body, 400, expected);
        await host.RefusesAsync("POST", "/channels/desk/test", """{"by":"a","why":"b"}""", 404, "There is no channel 'desk'");
        await host.RefusesAsync("POST", "/outbox/retry", "{}", 400, "either channel or id");
        await host.RefusesAsync("GET", "/outbox?state=lost", null, 400, "state is 'lost'; allowed: waiting, sent, dead");
    }

    private static ChannelRequest Channel(MessageSink sink) => new(sink.Url, By: By, Why: "a test");

    private Task<ScoringHost> StartAsync() =>
        ScoringHost.StartAsync(small, Server, Folder, builder => builder.Services.AddSingleton<TimeProvider>(_time));

    private static async Task<ChannelReport> ReportAsync(AegisClient api, string name) =>
        (await api.ChannelsAsync()).Single(channel => channel.Name == name);

    private static JsonNode About(SunkMessage message) => JsonNode.Parse(message.Body)!["about"]!;

    /// <summary>How many of a message's signatures a secret made, computed as a receiver would.</summary>
    private static int Signed(SunkMessage message, string secret)
    {
        var parts = message.Signature.Split(',').Select(part => part.Split('=', 2)).ToList();
        var time = parts.Single(part => part[0] == "t")[1];
        using var hmac = new HMACSHA256(Encoding.UTF8.GetBytes(secret));
        var expected = Convert.ToHexString(hmac.ComputeHash(Encoding.UTF8.GetBytes($"{time}.{message.Body}"))).ToLowerInvariant();
        return parts.Count(part => part[0] == "v1" && part[1] == expected);
    }
}
