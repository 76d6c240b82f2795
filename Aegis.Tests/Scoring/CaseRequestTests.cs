using Aegis.Client;
using Aegis.Tests.MachineLearning;
using Aegis.Tests.Streams;

namespace Aegis.Tests.Scoring;

public sealed class CaseRequestTests(SmallModel small, RedisFixture redis)
    : EmptyLogTests(redis), IClassFixture<SmallModel>, IClassFixture<RedisFixture>
{
    [Theory]
    [InlineData("GET", "/cases?state=new", null, 400, "state is 'new'; allowed: unfinished, open, waiting, closed, all")]
    [InlineData("GET", "/cases?order=name", null, 400, "order is 'name'; allowed: priority, age")]
    [InlineData("GET", "/cases?limit=501", null, 400, "limit is '501'; allowed: 1 to 500")]
    [InlineData("GET", "/cases?after=x", null, 400, "after is 'x'; allowed: the 'next' of the page before")]
    [InlineData("GET", "/cases/x", null, 404, "There is no case 'x'")]
    [InlineData("POST", "/cases/7/claim", """{"by":"me"}""", 404, "There is no case '7'; allowed: one that GET /cases lists.")]
    [InlineData("POST", "/cases/7/claim", "{}", 400, "by is missing; allowed: who does this")]
    [InlineData("POST", "/cases/7/notes", """{"by":"me"}""", 400, "text is ''; allowed: 1 to 4000 characters")]
    [InlineData("POST", "/cases/7/notes", """{"by":"me","text":"it was 4111 1111 1111 1111"}""", 400, "no card number")]
    [InlineData("POST", "/cases/7/state", """{"state":"done","by":"me","why":"x"}""", 400,
        "state is 'done'; allowed: open, waiting, closed")]
    [InlineData("POST", "/cases/7/files?name=..&by=me", "x", 400, "name is '..'; allowed: a file's name")]
    [InlineData("POST", "/cases/7/files?name=a/b&by=me", "x", 400, "name is 'a/b'; allowed: a file's name")]
    [InlineData("POST", "/cases/7/files?name=a&by=me", "", 400, "body is 'empty'; allowed: 1 to 5000000 bytes")]
    [InlineData("POST", "/cases/7/files?name=a&by=me", "x", 404, "There is no case '7'")]
    [InlineData("GET", "/cases/7/files/1", null, 404, "Case '7' has no file '1'")]
    [InlineData("GET", "/verdicts", null, 400, "transaction is missing; allowed: 1 to 64 of the characters")]
    [InlineData("POST", "/verdicts", """{"verdict":"guilty","reason":"x","case":1,"by":"me"}""", 400,
        "verdict is 'guilty'; allowed: fraud, legitimate, unsure")]
    [InlineData("POST", "/verdicts", """{"verdict":"fraud","reason":"usual","case":1,"by":"me"}""", 400,
        "reason is 'usual'; allowed: stolen-card, stolen-number")]
    [InlineData("POST", "/verdicts", """{"verdict":"fraud","reason":"other","by":"me"}""", 400,
        "case is missing; allowed: a case, or transactions, but not both")]
    [InlineData("POST", "/verdicts", """{"verdict":"fraud","reason":"other","case":1,"transactions":["a"],"by":"me"}""", 400,
        "case is '1'; allowed: a case, or transactions, but not both")]
    [InlineData("POST", "/verdicts", """{"verdict":"fraud","reason":"other","transactions":[],"by":"me"}""", 400,
        "transactions is '0 items'; allowed: 1 to 1000 items")]
    [InlineData("POST", "/verdicts", """{"verdict":"fraud","reason":"other","transactions":["a",null],"by":"me"}""", 400,
        "transactions is ''; allowed: 1 to 64")]
    [InlineData("POST", "/verdicts", """{"verdict":"fraud","reason":"other","transactions":["a"],"by":"me"}""", 404,
        "transactions has 'a'; allowed: ids of transactions that have been decided.")]
    [InlineData("POST", "/verdicts", """{"verdict":"fraud","reason":"other","case":9,"by":"me"}""", 404, "There is no case '9'")]
    [InlineData("POST", "/verdicts", """{"verdict":"fraud","reason":"other","case":1,"blockCardOn":"x","by":"me"}""", 400,
        "blockCardOn is 'x'; allowed: with a fraud, the name of a list of cards; or nothing")]
    [InlineData("POST", "/verdicts", """{"verdict":"unsure","reason":"other","case":1,"listDeviceOn":"watched","by":"me"}""", 400,
        "listDeviceOn is 'watched'; allowed: with a fraud, the name of a list of devices")]
    [InlineData("POST", "/verdicts/5/undo", """{"by":"me","why":"x"}""", 404, "There is no verdict '5'")]
    public async Task WrongRequest_IsRefused_WithWhatIsAllowed(string method, string path, string? body, int status, string expected)
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        await new AegisClient(host.Http).MakeListAsync("watched", new ListRequest("card", "watch", By: "me", Why: "a test"));
        var type = path.Contains("/files", StringComparison.Ordinal) ? "application/octet-stream" : "application/json";
        await host.RefusesAsync(method, path, body, status, expected, type);
    }
}
