using System.Globalization;
using System.Net;
using System.Text;
using Aegis.Client;
using Aegis.Core.Decisions;

namespace Aegis.Scoring.Records;

/// <summary>Writes a record as one page of HTML to read and to print. It loads nothing, and nothing in it runs.</summary>
internal sealed class RecordPage
{
    /// <summary>What a browser may do with the page: show it.</summary>
    public const string Policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private const double LeastShownShare = 0.005;

    private const string Style = """
        body { font: 14px/1.45 system-ui, sans-serif; color: #111; background: #fff; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
        h1 { font-size: 1.5rem; margin: 0; overflow-wrap: anywhere }
        h2 { font-size: 1.05rem; margin: 1.6rem 0 .3rem; border-bottom: 1px solid #999; break-after: avoid }
        table { border-collapse: collapse; width: 100% } tr { break-inside: avoid }
        th, td { text-align: left; vertical-align: top; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid #ddd }
        td { overflow-wrap: anywhere }
        th { font-weight: 600 } td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
        p.what { margin: .2rem 0 0; color: #444 } .no { font-weight: 700 }
        @media (max-width: 600px) { table { display: block; overflow-x: auto } td { min-width: 4.5rem } }
        @media print { body { margin: 0; max-width: none; font-size: 11px } }
        @page { margin: 15mm }
        """;

    private readonly StringBuilder _html = new();

    private RecordPage()
    {
    }

    /// <summary>The page.</summary>
    public static string Of(DecisionRecord record)
    {
        var page = new RecordPage();
        page.Write(record);
        return page._html.ToString();
    }

    private void Write(DecisionRecord record)
    {
        var (decision, transaction) = (record.Decision, record.Decision.Transaction);
        _html.Append(CultureInfo.InvariantCulture, $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Decision {Safe(transaction.Id)}</title><style>{Style}</style></head><body>");
        _html.Append(CultureInfo.InvariantCulture, $"<h1>Decision on payment {Safe(transaction.Id)}</h1>");
        _html.Append(CultureInfo.InvariantCulture, $"<p class=\"what\">{Safe(Words(decision.Outcome))}, score {decision.Assessment.Score:N1} of 1,000. Decided {Time(decision.DecidedAt)}; this record was made {Time(record.MadeAt)}.</p>");
        Payment(transaction);
        Table("Why", ["Reason", "Share"], decision.Reasons.Select(reason => new[] { reason.Text, $"{reason.Share:P0}" }), numbers: 1);
        Thresholds(record);
        Table("Detectors", ["Detector", "Score", "Riskier than", "Weight"], record.Detectors.Select(
            detector => new[]
            {
                detector.Name, $"{detector.Score:G5}", detector.Percentile is { } share ? $"{share:P2} of training payments" : "",
                $"{detector.Weight:G3}",
            }), numbers: 3);
        Table("Rules in force then", ["Rule", "Condition", "Matched", "Had a say", "Wants"], record.Rules.Select(
            rule => new[]
            {
                $"{rule.Name} {rule.Version}", rule.When, YesNo(rule.Matched), YesNo(rule.Decided),
                rule.Then is { } then ? then.Name() : rule.Points != 0 ? $"{rule.Points:+0.#;-0.#} points" : "to tag",
            }));
        Table("Lists that it stood on", ["List", "Effect", "Value", "Why", "Since", "Until"], record.Listings.Select(
            listing => new[]
            {
                listing.List, $"{listing.Effect}", listing.Entry?.Value ?? "", listing.Entry?.Reason ?? "",
                listing.Entry is { } entry ? Time(entry.Since) : "", listing.Entry?.Until is { } until ? Time(until) : "",
            }));
        Table("What became known", ["When", "What", "Who", "Reason"],
            (decision.Verdicts ?? []).Select(
                label => new[] { Time(label.KnownAt), label.IsFraud ? "label: fraud" : "label: genuine", "", "" })
            .Concat(record.Verdicts.Select(verdict => new[]
            {
                Time(verdict.At), $"verdict: {verdict.Verdict}{(verdict.Undone is null ? "" : " (undone)")}".ToLowerInvariant(), verdict.By,
                verdict.Reason,
            })));
        Table("Features", ["Feature", "Value", "Unit", "What it says", "Share"], record.Features.Select(
            feature => new[]
            {
                feature.Name, feature.Value is { } value ? $"{value:G6}" : "unknown", feature.Unit, feature.Meaning,
                feature.Share < LeastShownShare ? "" : $"{feature.Share:P0}",
            }), numbers: 1);
        Versions(record);
        Verification(record.Verification);
        _html.Append("</body></html>");
    }

    private void Payment(Core.Transactions.Transaction payment) => Table("Payment", ["", ""], new (string Name, string? Value)[]
    {
        ("Made", Time(payment.EventTime)), ("Amount", Core.Transactions.Currencies.Format(payment.AmountMinor, payment.Currency)),
        ("Card", $"{payment.CardToken}{(payment.CardLastFour is { } last ? $" (… {last})" : "")}"),
        ("Merchant", $"{payment.MerchantName} {payment.MerchantId}".Trim()), ("Category (MCC)", $"{payment.Mcc}"),
        ("Country", payment.Country), ("Channel", $"{payment.Channel}"), ("Kind", $"{payment.Kind}"), ("Device", payment.DeviceId),
        ("IP address", payment.IpAddress),
    }.Where(row => !string.IsNullOrEmpty(row.Value)).Select(row => new[] { row.Name, row.Value! }));

    private void Thresholds(DecisionRecord record) => Table("Thresholds", ["Outcome", "From a score of", "From a risk of"],
        record.Thresholds is not { } thresholds ? [] :
        [
            ["Review", $"{thresholds.ReviewScore:N1}", $"{thresholds.ReviewAt:R}"],
            ["Decline", $"{thresholds.DeclineScore:N1}", $"{thresholds.DeclineAt:R}"],
        ]);

    private void Versions(DecisionRecord record)
    {
        var decision = record.Decision;
        Table("Versions", ["", ""], new (string Name, string? Value)[]
        {
            ("Model", decision.ModelVersion), ("Features", decision.SchemaHash), ("Exchange rates", decision.RatesVersion),
            ("Facts up to", decision.FactsVersion is { } facts ? Time(facts) : "none yet"), ("Rules", decision.RulesVersion ?? "none"),
            ("Lists", decision.ListsRevision is { } lists ? $"revision {lists}" : "none"),
            ("Place in the log", $"shard {decision.Shard}, {decision.Position}, item {decision.Item}"), ("Trace", decision.TraceId),
        }.Concat(record.Model.Select(fact => (fact.Key, (string?)fact.Value))).Select(row => new[] { row.Item1, row.Item2 ?? "" }));
    }

    private void Verification(DecisionVerification? verification)
    {
        Table(
            verification is null ? "Computed again: not possible with this release"
                : verification.IsRepeated ? "Computed again: the same to the last bit" : "Computed again: NOT the same",
            ["Value", "Stored", "Computed again"],
            (verification?.Values ?? []).Select(value => new[] { value.Name, value.Stored, value.Repeated }));
        if (verification is null)
        {
            _html.Append("<p class=\"no\">This release computes other features, or lacks the model, the rates or the rules of the decision.</p>");
        }
    }

    private void Table(string title, string[] heads, IEnumerable<string[]> rows, int numbers = -1)
    {
        _html.Append(CultureInfo.InvariantCulture, $"<h2>{Safe(title)}</h2>");
        var filled = rows.ToList();
        if (filled.Count == 0)
        {
            _html.Append("<p class=\"what\">None.</p>");
            return;
        }

        _html.Append("<table>");
        if (heads.Any(head => head.Length > 0))
        {
            _html.Append("<thead><tr>");
            Cells("th", heads, numbers);
            _html.Append("</tr></thead>");
        }

        _html.Append("<tbody>");
        foreach (var row in filled)
        {
            _html.Append("<tr>");
            Cells("td", row, numbers);
            _html.Append("</tr>");
        }

        _html.Append("</tbody></table>");
    }

    private void Cells(string tag, string[] cells, int numbers)
    {
        foreach (var (index, cell) in cells.Index())
        {
            _html.Append(CultureInfo.InvariantCulture, $"<{tag}{(index == numbers ? " class=\"n\"" : "")}>{Safe(cell)}</{tag}>");
        }
    }

    private static string Safe(string text) => WebUtility.HtmlEncode(text);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static string YesNo(bool value) => value ? "yes" : "no";

    private static string Words(DecisionOutcome outcome) => outcome switch
    {
        DecisionOutcome.Decline => "Declined",
        DecisionOutcome.Review => "Sent to review",
        _ => "Approved",
    };
}
