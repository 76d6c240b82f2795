using System.CommandLine;

namespace Aegis.Scoring.Operator;

/// <summary><c>audit verify</c>: checks the chain of the audit trail.</summary>
internal static class AuditCommand
{
    public static Command Create()
    {
        var last = new Option<string?>("--last") { Description = "The hash of the last entry at an earlier check: it must still be in the trail." };
        var verify = new Command("verify", "Checks every link of the audit trail, and finds the first that is broken.")
        {
            last, ScoringApi.Url, ScoringApi.KeyFile,
        };
        verify.SetAction(async (parsed, cancel) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var isWhole = false;
            await ScoringApi.UseAsync(parsed, async api =>
            {
                var found = await api.VerifyAuditAsync(parsed.GetValue(last), cancel);
                isWhole = found.IsWhole;
                await output.WriteLineAsync(isWhole
                    ? $"The audit trail is whole: {found.Entries:N0} entries. Keep the hash of the last elsewhere: {found.Last}"
                    : $"The audit trail is broken at entry {found.FirstBroken:N0}: {found.Fault}");
            });
            return isWhole ? 0 : 1;
        });
        return new Command("audit", "Looks at the audit trail.") { verify };
    }
}
