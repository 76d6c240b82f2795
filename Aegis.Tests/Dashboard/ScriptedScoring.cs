using System.Net;
using System.Text;
using System.Text.Json;
using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Core.Features;

namespace Aegis.Tests.Dashboard;

/// <summary>A scoring API that answers what a test says.</summary>
internal sealed class ScriptedScoring(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    /// <summary>Answers everything with one body.</summary>
    public ScriptedScoring(string body, HttpStatusCode status = HttpStatusCode.OK)
        : this((_, _) => Task.FromResult(Answer(body, status)))
    {
    }

    /// <summary>A client that gives up after a tenth of a second.</summary>
    public AegisClient Client() =>
        new(new HttpClient(this) { BaseAddress = new Uri("http://scoring/"), Timeout = TimeSpan.FromSeconds(0.1) });

    /// <summary>An answer.</summary>
    public static HttpResponseMessage Answer(string body, HttpStatusCode status = HttpStatusCode.OK) => new(status)
        { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    /// <summary>A flagged decision as the API writes it.</summary>
    public static string Decision(string id) => JsonSerializer.Serialize(
        new Decision
        {
            Transaction = TestTransactions.Valid(id), Shard = 3, Position = new LogPosition(1_700_000_000_000, 0),
                Outcome = DecisionOutcome.Review,
            Assessment = new Assessment(0.6, 1.2, 20, 0.97, 0.8, 0.9, 3), Features = new float[FeatureSchema.Count], Reasons = [],
            RecentPayments = [],
            ModelVersion = "m", SchemaHash = "h", RatesVersion = "r", TraceId = new string('a', 32), DecidedAt = TestTransactions.Noon,
            LatencyMs = 2,
        },
        AegisJson.Options);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        answer(request, cancellationToken);
}
