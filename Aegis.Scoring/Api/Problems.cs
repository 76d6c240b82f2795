using Aegis.Core.Transactions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aegis.Scoring.Api;

/// <summary>Makes problem details (RFC 9457) of errors.</summary>
internal static class Problems
{
    private const int MaxFaults = 100;

    /// <summary>The problem of a request with faults, listed by field.</summary>
    public static ProblemHttpResult Invalid(IReadOnlyList<TransactionFault> faults)
    {
        var first = faults.Take(MaxFaults).ToList();
        var more = faults.Count > MaxFaults ? $"; and {faults.Count - MaxFaults} more" : "";
        return TypedResults.Problem(
            string.Join("; ", first) + more, statusCode: StatusCodes.Status400BadRequest, title: "The request has faults",
            extensions: new Dictionary<string, object?> { ["faults"] = first });
    }

    /// <summary>The problem of one wrong parameter.</summary>
    public static ProblemHttpResult Invalid(string field, string? value, string allowed) =>
        Invalid([TransactionFault.Of(field, value, allowed)]);

    /// <summary>Any other problem.</summary>
    public static ProblemHttpResult Of(int status, string title, string detail) =>
        TypedResults.Problem(detail, statusCode: status, title: title);
}
