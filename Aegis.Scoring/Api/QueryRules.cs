using System.Globalization;
using System.Reflection;
using Aegis.Core.Transactions;

namespace Aegis.Scoring.Api;

/// <summary>What a query string may hold: the endpoint's own parameters, each once.</summary>
internal static class QueryRules
{
    /// <summary>Answers 400 to parameters that an endpoint does not know: a misspelled filter must not return everything.</summary>
    public static RouteGroupBuilder RefusesUnknownParameters(this RouteGroupBuilder group) =>
        group.AddEndpointFilterFactory(Refuse);

    /// <summary>A whole number from 1 on; null if there is none, and a fault if it is another text.</summary>
    public static long? Number(string field, string? text, long max, List<TransactionFault> faults)
    {
        if (text is null)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= max)
        {
            return number;
        }

        faults.Add(TransactionFault.Of(field, text, $"1 to {max}"));
        return null;
    }

    private static EndpointFilterDelegate Refuse(EndpointFilterFactoryContext endpoint, EndpointFilterDelegate next)
    {
        string[] simple = [.. endpoint.MethodInfo.GetParameters().Where(IsSimple).Select(parameter => parameter.Name!)];
        return context =>
        {
            var request = context.HttpContext.Request;
            if (request.Query.Count == 0)
            {
                return next(context);
            }

            string[] known = [.. simple.Where(name => !request.RouteValues.ContainsKey(name))];
            var faults = request.Query.Where(sent => !known.Contains(sent.Key, StringComparer.OrdinalIgnoreCase) || sent.Value.Count > 1)
                .Select(sent => TransactionFault.Of(sent.Key, sent.Value.ToString(), Allowed(known))).ToList();
            return faults.Count == 0 ? next(context) : ValueTask.FromResult<object?>(Problems.Invalid(faults));
        };
    }

    private static string Allowed(string[] known) =>
        known.Length == 0 ? "no parameters" : $"the parameters {string.Join(", ", known)}, each once";

    private static bool IsSimple(ParameterInfo parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return type == typeof(string) || type.IsPrimitive || type.IsEnum;
    }
}
