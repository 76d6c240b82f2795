using Aegis.Client;

namespace Aegis.Scoring.Cases;

/// <summary>The reason codes of verdicts.</summary>
internal static class VerdictReasons
{
    private static readonly Dictionary<VerdictKind, (string Code, string Meaning)[]> ByVerdict = new()
    {
        [VerdictKind.Fraud] =
        [
            ("stolen-card", "the card was lost, stolen or never arrived"),
            ("stolen-number", "the number was used without the card"),
            ("card-testing", "somebody tried whether the number works"),
            ("counterfeit", "a copy of the card was used"),
            ("account-takeover", "somebody else got into the customer's account or phone"),
            ("deceived-customer", "the customer was talked into paying"),
            ("merchant-fraud", "the merchant cheats"),
            ("chargeback", "the customer disputed the payment"),
            ("other", "something else; the note says what"),
        ],
        [VerdictKind.Legitimate] =
        [
            ("customer-confirmed", "the customer said so"),
            ("usual", "it fits what the card usually does"),
            ("travel", "the customer is on the road"),
            ("trusted-merchant", "the merchant is known and trusted"),
            ("other", "something else; the note says what"),
        ],
        [VerdictKind.Unsure] =
        [
            ("no-answer", "the customer cannot be reached"),
            ("needs-documents", "papers are awaited"),
            ("other", "something else; the note says what"),
        ],
    };

    /// <summary>The codes of a verdict with their meanings.</summary>
    public static IReadOnlyList<(string Code, string Meaning)> Of(VerdictKind verdict) => ByVerdict[verdict];
}
