using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace Aegis.Tests.Architecture;

/// <summary>A setting's range is its attribute; its docstring says the same, and so does docs/configuration.md, which is made from
/// both.</summary>
public sealed class DocumentedSettingsTests
{
    public static TheoryData<Type, string> Settings => [.. ConfigurationPage.OptionsClasses.SelectMany(
        options => options.GetProperties().Where(property => property.IsDefined(typeof(RangeAttribute)))
            .Select(property => (options, property.Name)))];

    [Theory]
    [MemberData(nameof(Settings))]
    public void RangeOfASetting_IsSaidByItsDocstring(Type options, string name) => Assert.Contains(
        SettingRange.Bounds(options.GetProperty(name)!.GetCustomAttribute<RangeAttribute>()!), new SourceComments(options)
            .Of(name), StringComparison.Ordinal);
}
