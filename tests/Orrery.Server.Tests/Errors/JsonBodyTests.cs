using System.Text;
using Orrery.Contracts.Json;
using Orrery.Server.Errors;
using Shouldly;
using Xunit;

namespace Orrery.Server.Tests.Errors;

public class JsonBodyTests
{
    [Theory]
    [InlineData("", "invalid_body", null)]
    [InlineData("null", "invalid_body", null)]
    [InlineData("{", "invalid_body", null)]
    [InlineData("{\"model\":NaN}", "invalid_body", null)]
    [InlineData("[]", "validation_error", "body")]
    [InlineData("{\"modle\":1}", "validation_error", "modle")]
    [InlineData("{\"model\":{\"layer\":[]}}", "validation_error", "model.layer")]
    [InlineData("{\"mode\":\"live\",\"mode\":\"live\"}", "validation_error", "mode")]
    [InlineData("{\"parallelism\":{\"stages\":\"3\"}}", "validation_error", "parallelism.stages")]
    [InlineData("{\"parallelism\":{\"stages\":2.5}}", "validation_error", "parallelism.stages")]
    [InlineData("{\"model\":{\"layers\":[{\"name\":7}]}}", "validation_error", "model.layers[0].name")]
    [InlineData("{\"placement\":{\"satellites\":[-1]}}", "validation_error", "placement.satellites[0]")]
    [InlineData("{\"policy\":{\"start_at\":\"noon\"}}", "validation_error", "policy.start_at")]
    public void A_bad_body_is_refused_by_field(string body, string code, string? field)
    {
        var refused = Should.Throw<ApiException>(() => JsonBody.Parse(Encoding.UTF8.GetBytes(body), WireJson.Default.WorkloadRequest));
        refused.Code.ShouldBe(code);
        refused.Fields?.Keys.Single().ShouldBe(field);
        if (field is not null)
            refused.Message.ShouldStartWith(field);
    }
}
