using Aegis.Client;
using Aegis.Core.Transactions;
using Aegis.Rules.Sets;
using Aegis.Scoring.Notifications;
using Aegis.Scoring.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aegis.Scoring.Api;

/// <summary><c>/channels</c> and <c>/outbox</c>: messages to people and systems.</summary>
internal static class ChannelEndpoints
{
    private const int MaxChannels = 50;
    private const int MaxPageSize = 500;
    private const int MostAnHour = 100_000;
    private const double MostAmount = 1e12;
    private static readonly string[] Outcomes = ["review", "decline"];
    private static readonly Dictionary<string, NoticeKind> Kinds =
        new[] { NoticeKind.Alert, NoticeKind.DeadLetters, NoticeKind.Health }.ToDictionary(MessageBody.NameOf);

    public static IEndpointRouteBuilder MapChannels(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/channels", (ChannelStore channels) => All(channels))
            .WithSummary("The channels that messages go to, and how many wait.").Produces<IReadOnlyList<ChannelReport>>();
        routes.MapPut("/channels/{name}", Set)
            .WithSummary("Sets a channel up, or changes it. The answer to the first call has the secret that signs its messages.")
            .TakesBody(RequestReader.MaxSingleBytes, "application/json").Produces<ChannelReport>().ProducesProblem(400)
            .ProducesProblem(409);
        routes.MapPost("/channels/{name}/secret", Rotate)
            .WithSummary("Gives a channel a new secret; the old one signs beside it for a day.")
            .TakesBody(RequestReader.MaxSingleBytes, "application/json").Produces<ChannelReport>().ProducesProblem(400)
            .ProducesProblem(404);
        routes.MapPost("/channels/{name}/remove", Remove).WithSummary("Removes a channel and the messages that wait for it.")
            .TakesBody(RequestReader.MaxSingleBytes, "application/json").Produces<ChannelReport>().ProducesProblem(400)
            .ProducesProblem(404);
        routes.MapPost("/channels/{name}/test", Test).WithSummary("Sends a message to try the channel.")
            .TakesBody(RequestReader.MaxSingleBytes, "application/json").Produces<OutboxMessage>(202).ProducesProblem(400)
            .ProducesProblem(404);
        routes.MapGet("/outbox", List).WithSummary("Messages, newest first: waiting, sent in the last week, and given up.")
            .Produces<OutboxPage>().ProducesProblem(400);
        routes.MapPost("/outbox/retry", Retry).WithSummary("Tries messages again that were given up: one, or all of a channel.")
            .TakesBody(RequestReader.MaxSingleBytes, "application/json").Produces<OutboxRetried>().ProducesProblem(400)
            .ProducesProblem(404);
        return routes;
    }

    private static IReadOnlyList<ChannelReport> All(ChannelStore channels) => [.. channels.All().Select(channels.Report)];

    private static Results<Ok<ChannelReport>, ProblemHttpResult> Set(
        string name, ChannelRequest request, ChannelStore channels, TimeProvider time)
    {
        var faults = new List<TransactionFault>();
        if (!RuleDefinition.IsName(name))
        {
            faults.Add(TransactionFault.Of("name", name, $"1 to {RuleDefinition.MaxNameLength} of a-z 0-9 -, beginning with a letter"));
        }

        ChangeRules.CheckPerson(request.By, request.Why, faults);
        var settings = SettingsOf(request, faults);
        if (faults.Count > 0)
        {
            return Problems.Invalid(faults);
        }

        var before = channels.Find(name);
        if (before is null && channels.All().Count >= MaxChannels)
        {
            return Problems.Of(
                409, "There are too many channels", $"There are {MaxChannels} channels, as many as are allowed. Remove one first.");
        }

        var secret = Signature.NewSecret();
        channels.Set(name, settings, secret, new ListAuthor(request.By!, request.Why!, time.GetUtcNow()));
        var report = channels.Report(channels.Find(name)!);
        return TypedResults.Ok(before is null ? report with { Secret = secret } : report);
    }

    private static Results<Ok<ChannelReport>, ProblemHttpResult> Rotate(
        string name, ChannelStep step, ChannelStore channels, TimeProvider time)
    {
        if (Fault(name, step, channels) is { } problem)
        {
            return problem;
        }

        var secret = Signature.NewSecret();
        channels.Rotate(name, secret, new ListAuthor(step.By!, step.Why!, time.GetUtcNow()));
        return TypedResults.Ok(channels.Report(channels.Find(name)!) with { Secret = secret });
    }

    private static Results<Ok<ChannelReport>, ProblemHttpResult> Remove(
        string name, ChannelStep step, ChannelStore channels, TimeProvider time)
    {
        if (Fault(name, step, channels) is { } problem)
        {
            return problem;
        }

        var report = channels.Report(channels.Find(name)!);
        channels.Remove(name, new ListAuthor(step.By!, step.Why!, time.GetUtcNow()));
        return TypedResults.Ok(report);
    }

    private static Results<Accepted<OutboxMessage>, ProblemHttpResult> Test(
        string name, ChannelStep step, ChannelStore channels, OutboxStore outbox, TimeProvider time)
    {
        if (Fault(name, step, channels) is { } problem)
        {
            return problem;
        }

        var channel = channels.Find(name)!;
        var id = outbox.Add(
            [new NewMessage(channel.Id, NoticeKind.Test, MessageBody.OfTest(channel.Settings.Template, step.By!, time.GetUtcNow()))],
            time.GetUtcNow());
        return TypedResults.Accepted((string?)null, outbox.List(name, state: null, before: id + 1, limit: 1)[0]);
    }

    private static Results<Ok<OutboxPage>, ProblemHttpResult> List(
        OutboxStore outbox, string? channel = null, string? state = null, string? before = null, string? limit = null)
    {
        var faults = new List<TransactionFault>();
        var wanted = ChangeRules.Named("state", state, Enum.GetValues<MessageState>(), faults);
        var from = QueryRules.Number("before", before, long.MaxValue, faults);
        var most = (int)(QueryRules.Number("limit", limit, MaxPageSize, faults) ?? 100);
        if (faults.Count > 0)
        {
            return Problems.Invalid(faults);
        }

        var page = outbox.List(channel, wanted, from, most);
        return TypedResults.Ok(new OutboxPage(page, page.Count == most ? page[^1].Id : null));
    }

    private static Results<Ok<OutboxRetried>, ProblemHttpResult> Retry(
        OutboxRetry request, ChannelStore channels, OutboxStore outbox, TimeProvider time)
    {
        if (request.Id is null == request.Channel is null)
        {
            return Problems.Invalid("channel", request.Channel, "either channel or id");
        }

        var channel = request.Channel is { } name ? channels.Find(name) : null;
        return request.Channel is not null && channel is null ? NoChannel(request.Channel)
            : TypedResults.Ok(new OutboxRetried(outbox.Retry(request.Id, channel?.Id, time.GetUtcNow())));
    }

    private static ProblemHttpResult? Fault(string name, ChannelStep step, ChannelStore channels)
    {
        var faults = new List<TransactionFault>();
        ChangeRules.CheckPerson(step.By, step.Why, faults);
        return faults.Count > 0 ? Problems.Invalid(faults) : channels.Find(name) is null ? NoChannel(name) : null;
    }

    private static ProblemHttpResult NoChannel(string name) =>
        Problems.Of(404, "No such channel", $"There is no channel '{name}'; allowed: one that GET /channels lists.");

    private static ChannelSettings SettingsOf(ChannelRequest request, List<TransactionFault> faults)
    {
        if (ReceiverAddress.Parse(request.Url) is null)
        {
            faults.Add(TransactionFault.Of("url", request.Url, ReceiverAddress.Allowed));
        }

        if (!MessageBody.Templates.Contains(request.Template))
        {
            faults.Add(TransactionFault.Of("template", request.Template, string.Join(", ", MessageBody.Templates)));
        }

        var events = Chosen("events", request.Events, [.. Kinds.Keys], faults);
        var outcomes = Chosen("outcomes", request.Outcomes, Outcomes, faults);
        Check("minScore", request.MinScore, 0, 1_000, faults);
        Check("minAmount", request.MinAmount, 0, MostAmount, faults);
        Check("maxAnHour", request.MaxAnHour, 1, MostAnHour, faults);
        return new ChannelSettings(
            request.Url ?? "", request.Template ?? "",
            [.. Kinds.Where(kind => events.Contains(kind.Key)).Select(kind => kind.Value)], outcomes, request.MinScore,
            request.MinAmount, request.MaxAnHour, request.IsPaused);
    }

    private static string[] Chosen(
        string field, IReadOnlyList<string>? chosen, string[] allowed, List<TransactionFault> faults)
    {
        if (chosen is { Count: 0 } || chosen?.FirstOrDefault(one => !allowed.Contains(one)) is not null || chosen?.Contains(null!) == true)
        {
            faults.Add(TransactionFault.Of(
                field, string.Join(", ", chosen), $"some of {string.Join(", ", allowed)}, or nothing for all"));
        }

        return chosen is null ? allowed : [.. chosen.Distinct()];
    }

    private static void Check(string field, double? value, double least, double most, List<TransactionFault> faults)
    {
        if (value is { } number && !(number >= least && number <= most))
        {
            faults.Add(TransactionFault.Of(field, $"{number}", $"{least:N0} to {most:N0}, or nothing"));
        }
    }
}
