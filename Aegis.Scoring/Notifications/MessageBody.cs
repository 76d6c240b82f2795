using System.Text.Json;
using System.Text.Json.Nodes;
using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Core.Transactions;
using Aegis.Scoring.Storage;

namespace Aegis.Scoring.Notifications;

/// <summary>Writes messages in the form that a channel's receiver reads. Card numbers are nowhere in them; a card is its token.</summary>
internal static class MessageBody
{
    /// <summary>The forms.</summary>
    public static readonly string[] Templates = ["generic", "slack", "teams"];

    /// <summary>A message about an alert.</summary>
    public static string OfAlert(string template, FlaggedDecision alert, double amount, DateTimeOffset at)
    {
        var (payment, outcome) = (alert.Transaction, (DecisionOutcome)alert.Outcome);
        var score = Math.Round(Assessment.ScoreOf(alert.Risk), 1);
        var text = $"{(outcome == DecisionOutcome.Decline ? "Declined" : "To review")}: {Currencies.Format(payment.AmountMinor, payment.Currency)} at {payment.MerchantName ?? payment.MerchantId}, {payment.Country}, score {score:N1} (payment {payment.Id})";
        return Of(template, NoticeKind.Alert, text, at, new JsonObject
        {
            ["id"] = payment.Id,
            ["outcome"] = outcome.Name(),
            ["score"] = score,
            ["amountMinor"] = payment.AmountMinor,
            ["currency"] = payment.Currency,
            ["amount"] = double.IsFinite(amount) ? Math.Round(amount, 2) : null,
            ["eventTime"] = payment.EventTime.UtcDateTime,
            ["cardToken"] = payment.CardToken,
            ["merchantId"] = payment.MerchantId,
            ["country"] = payment.Country,
        });
    }

    /// <summary>A message about dead letters.</summary>
    public static string OfDeadLetters(string template, long more, DateTimeOffset at) => Of(
        template, NoticeKind.DeadLetters,
        $"{more} more {(more == 1 ? "entry" : "entries")} of the log could not be decided; GET /dead-letters lists them.", at,
        new JsonObject { ["more"] = more });

    /// <summary>A message about the service's health.</summary>
    public static string OfHealth(string template, string instance, string? fault, DateTimeOffset at) => Of(
        template, NoticeKind.Health,
        fault is null ? $"Scoring process {instance} is healthy again." : $"Scoring process {instance}: {fault}", at, new JsonObject { ["instance"] = instance, ["healthy"] = fault is null, ["fault"] = fault });

    /// <summary>A message that tries a channel.</summary>
    public static string OfTest(string template, string by, DateTimeOffset at) =>
        Of(template, NoticeKind.Test, $"A test of this channel, asked for by {by}.", at, new JsonObject { ["by"] = by });

    /// <summary>The name of what a message is about.</summary>
    public static string NameOf(NoticeKind kind) => JsonNamingPolicy.CamelCase.ConvertName($"{kind}");

    private static string Of(string template, NoticeKind kind, string text, DateTimeOffset at, JsonObject about) => (template switch
    {
        // Slack reads &, < and > as marks of its own.
        "slack" => new JsonObject
        {
            ["text"] = text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
                .Replace(">", "&gt;", StringComparison.Ordinal),
        },
        "teams" => new JsonObject
        {
            ["type"] = "message",
            ["attachments"] = new JsonArray(new JsonObject
            {
                ["contentType"] = "application/vnd.microsoft.card.adaptive",
                ["content"] = new JsonObject
                {
                    ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
                    ["type"] = "AdaptiveCard",
                    ["version"] = "1.4",
                    ["body"] = new JsonArray(new JsonObject { ["type"] = "TextBlock", ["text"] = text, ["wrap"] = true }),
                },
            }),
        },
        _ => new JsonObject
        {
            ["event"] = NameOf(kind), ["at"] = at.UtcDateTime, ["text"] = text, ["about"] = about,
        },
    }).ToJsonString();
}
