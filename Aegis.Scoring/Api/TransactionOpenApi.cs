using System.Text.Json.Nodes;
using Aegis.Core.Transactions;
using Microsoft.OpenApi;

namespace Aegis.Scoring.Api;

/// <summary>Describes the body of a transaction. The body is read by hand, so that every fault is reported at once.</summary>
internal static class TransactionOpenApi
{
    private const string Example = """
        {"id":"order-4711","eventTime":"2026-03-01T12:00:00Z","pan":"4111 1111 1111 1111","amountMinor":4120,"currency":"EUR","merchantId":"m-0815",
         "mcc":"5732","country":"DE","channel":"ecommerce","deviceId":"d-1","ipAddress":"192.0.2.7"}
        """;

    /// <summary>Declares that an endpoint takes a transaction.</summary>
    public static RouteHandlerBuilder TakesTransaction(this RouteHandlerBuilder endpoint) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
    {
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new() { Schema = Schema(), Example = JsonNode.Parse(Example) },
            },
        };
        return Task.CompletedTask;
    });

    private static OpenApiSchema Schema() => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { "id", "amountMinor", "currency", "merchantId", "mcc", "country", "channel" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["id"] = Text("The caller's id, 1 to 64 of A-Z a-z 0-9 - _ . : ~ @ + = , and not dots alone. Sending the same transaction again is safe."),
            ["eventTime"] = Text("ISO 8601, at most ten minutes ahead of the clock; this or one of the two below.", "date-time"),
            ["eventTimeSeconds"] = Number("The time as seconds since 1970, in place of 'eventTime'."),
            ["eventTimeMilliseconds"] = Number("The time as milliseconds since 1970, in place of 'eventTime'."),
            ["cardToken"] = Text("The card's token, 1 to 64 printable ASCII characters; this or 'pan'."),
            ["pan"] = Text("A card number; exchanged for a keyed token at once and never stored."),
            ["amountMinor"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64",
                Description = "Minor units of the currency, 0 to 1,000,000,000,000." },
            ["currency"] = Text("ISO 4217."),
            ["merchantId"] = Text("1 to 64 printable ASCII characters."),
            ["mcc"] = Text("ISO 18245, four digits."),
            ["country"] = Text("ISO 3166-1 alpha-2."),
            ["channel"] = Text("chip, contactless, swipe, ecommerce, atm or moto."),
            ["latitude"] = Number("-90 to 90; with 'longitude' or not at all."),
            ["longitude"] = Number("-180 to 180."),
            ["deviceId"] = Text("At most 64 printable ASCII characters; optional."),
            ["ipAddress"] = Text("IPv4 or IPv6; optional."),
            ["kind"] = Text("purchase (the default), refund, reversal, withdrawal, transfer or verification. Amounts are never negative."),
            ["authorisation"] = Text("What the terminal or issuer answered: approved or declined; optional."),
            ["declineReason"] = Text($"Beside 'declined': {string.Join(", ", Authorisations.ReasonNames)}; optional."),
            ["merchantName"] = Text("Up to 128 characters of any script; optional."),
            ["metadata"] = new OpenApiSchema { Type = JsonSchemaType.Object,
                Description = "An object of your own, at most 2 KB; kept and shown, never decided by." },
        },
    };

    private static OpenApiSchema Number(string description) => new() { Type = JsonSchemaType.Number, Description = description };

    private static OpenApiSchema Text(string description, string? format = null) => new()
        { Type = JsonSchemaType.String, Description = description, Format = format };
}
