using Aegis.Client;

namespace Aegis.Benchmarks.EndToEnd;

/// <summary>Rules for a drain: each matches few payments, as rules of a team do.</summary>
internal static class DrainRules
{
    private static readonly RuleStepRequest[] Steps = [new("shadow", "bench", "bench"), new("live", "bench", "bench")];

    private static readonly Func<int, string>[] Conditions =
    [
        number => $"amount_eur > {900 + (10 * number)} and count_10m >= 3 and country not in ('DE', 'AT', 'CH')",
        number => $"merchant in ('m-{number}', 'm-{number + 1}', 'm-{number + 2}') and new_device == 1 and amount > {50 + number}",
        number => $"score > {990 + (number / 10.0):F1} and mcc in ('5732', '5944', '6051') and hour < 6",
        number => $"count_burst > {5 + number} and sum_1h > {300 + number} or wrong_pins_1h >= 3 and channel == 'atm'",
        number => $"speed > {900 + number} and channel in ('chip', 'swipe') and device is missing and amount / (sum_30d + 1) > 0.5",
    ];

    /// <summary>Writes so many rules and brings them into force.</summary>
    public static async Task UseAsync(AegisClient api, int count)
    {
        for (var number = 0; number < count; number++)
        {
            await api.WriteRuleAsync(
                $"rule-{number}", new RuleRequest(Conditions[number % Conditions.Length](number), "review", By: "bench", Why: "bench"));
            foreach (var step in Steps)
            {
                await api.MoveRuleAsync($"rule-{number}", step);
            }
        }
    }
}
