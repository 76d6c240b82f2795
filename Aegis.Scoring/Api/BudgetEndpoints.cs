using Aegis.Client;
using Aegis.Core.Budgets;
using Aegis.Core.Transactions;
using Aegis.Scoring.Models;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aegis.Scoring.Api;

/// <summary><c>/budget</c>: how many payments a day go to review.</summary>
internal static class BudgetEndpoints
{
    private const double MostMinutes = 10_080_000;

    public static IEndpointRouteBuilder MapBudget(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/budget", (BudgetReview review) => review.Report())
            .WithSummary("The daily budget of alerts, the alerts by day, and what labels say: precision, and ten alerts a day more or fewer.")
            .Produces<BudgetReport>();
        routes.MapPut("/budget", Use)
            .WithSummary("Sets the daily budget. The review threshold follows it, from the live stream's own scores; declines stand by themselves.")
            .TakesBody(RequestReader.MaxSingleBytes, "application/json").Produces<BudgetChange>(202).ProducesProblem(400)
            .ProducesProblem(503);
        routes.MapPost("/budget/end", End)
            .WithSummary("Ends the budget: the model's own review threshold holds again.")
            .TakesBody(RequestReader.MaxSingleBytes, "application/json").Produces<BudgetChange>(202).ProducesProblem(400)
            .ProducesProblem(409).ProducesProblem(503);
        return routes;
    }

    private static async Task<Results<Accepted<BudgetChange>, ProblemHttpResult>> Use(BudgetRequest request, BudgetControl control)
    {
        var faults = new List<TransactionFault>();
        ChangeRules.CheckPerson(request.By, request.Why, faults);
        var budget = BudgetOf(request, faults);
        if (faults.Count > 0)
        {
            return Problems.Invalid(faults);
        }

        var changed = await control.UseAsync(budget, request.By!, request.Why!, request.MinutesADay, request.MinutesAnAlert);
        return TypedResults.Accepted((string?)null, BudgetReview.ToChange(changed));
    }

    private static async Task<Results<Accepted<BudgetChange>, ProblemHttpResult>> End(BudgetEndRequest request, BudgetControl control)
    {
        var faults = new List<TransactionFault>();
        ChangeRules.CheckPerson(request.By, request.Why, faults);
        if (faults.Count > 0)
        {
            return Problems.Invalid(faults);
        }

        return control.Last()?.Budget is null
            ? Problems.Of(409, "There is no budget", "No budget is in force, so none can end; PUT /budget sets one.")
            : TypedResults.Accepted(
                (string?)null, BudgetReview.ToChange(await control.UseAsync(null, request.By!, request.Why!)));
    }

    private static DailyBudget BudgetOf(BudgetRequest request, List<TransactionFault> faults)
    {
        Check("alertsADay", request.AlertsADay, DailyBudget.MaxAlertsADay, faults);
        Check("minutesADay", request.MinutesADay, MostMinutes, faults);
        Check("minutesAnAlert", request.MinutesAnAlert, MostMinutes, faults);
        Check("alertsPerTenThousand", request.AlertsPerTenThousand, 10_000, faults);
        if (request.FloorScore is { } floor && floor is not (>= 0 and < 1_000))
        {
            faults.Add(TransactionFault.Of("floorScore", $"{floor}", "a score of 0 to below 1,000, or nothing for 800"));
        }

        double? byMinutes = null;
        if (request.MinutesADay is null != request.MinutesAnAlert is null)
        {
            var missing = request.MinutesADay is null ? "minutesADay" : "minutesAnAlert";
            faults.Add(TransactionFault.Of(missing, null, "minutesADay and minutesAnAlert together"));
        }
        else if (request is { MinutesADay: { } day, MinutesAnAlert: > 0 and var anAlert })
        {
            byMinutes = day / anAlert;
            if (byMinutes > DailyBudget.MaxAlertsADay)
            {
                faults.Add(TransactionFault.Of(
                    "minutesADay", $"{day}", $"minutes for at most {DailyBudget.MaxAlertsADay:N0} alerts a day"));
            }
        }

        double?[] said = [request.AlertsADay, request.MinutesADay ?? request.MinutesAnAlert, request.AlertsPerTenThousand];
        if (said.Count(one => one is not null) != 1)
        {
            faults.Add(TransactionFault.Of(
                "alertsADay", request.AlertsADay is { } alerts ? $"{alerts}" : null,
                "exactly one of alertsADay, minutesADay with minutesAnAlert, and alertsPerTenThousand"));
        }

        return new DailyBudget(request.AlertsADay ?? byMinutes, request.AlertsPerTenThousand, request.FloorScore ?? DailyBudget.UsualFloor);
    }

    private static void Check(string field, double? value, double most, List<TransactionFault> faults)
    {
        if (value is { } number && !(number > 0 && number <= most))
        {
            faults.Add(TransactionFault.Of(field, $"{number}", $"above 0, at most {most:N0}, or nothing"));
        }
    }
}
