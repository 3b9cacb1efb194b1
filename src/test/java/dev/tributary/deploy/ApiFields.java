package dev.tributary.deploy;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Walks a tree beside the API's types and names the fields that the types do not have; the types
 * themselves would keep such fields without a word.
 */
final class ApiFields {

  private final ObjectMapper mapper = new ObjectMapper();
  private final List<String> unknown = new ArrayList<>();

  private ApiFields() {}

  static List<String> unknown(JsonNode tree, Class<?> type) {
    ApiFields fields = new ApiFields();
    fields.walk("", tree, fields.mapper.constructType(type));
    return fields.unknown;
  }

  private void walk(String place, JsonNode node, JavaType type) {
    if (type.isMapLikeType()) {
      node.properties()
          .forEach(
              field -> walk(place + "/" + field.getKey(), field.getValue(), type.getContentType()));
    } else if (type.isCollectionLikeType()) {
      for (int i = 0; i < node.size(); i++) {
        walk(place + "/" + i, node.get(i), type.getContentType());
      }
    } else if (node.isObject()) {
      Map<String, JavaType> known = known(type);
      node.properties()
          .forEach(
              field -> {
                String there = place + "/" + field.getKey();
                JavaType of = known.get(field.getKey());
                if (of == null) {
                  unknown.add(there);
                } else {
                  walk(there, field.getValue(), of);
                }
              });
    } else if (node.isArray() || (isBean(type) && !node.isNull())) {
      unknown.add(place);
    }
  }

  /** Quantities and ports are written as plain text or numbers. */
  private static boolean isBean(JavaType type) {
    return type.getRawClass().getName().startsWith("io.fabric8.")
        && !type.hasRawClass(Quantity.class)
        && !type.hasRawClass(IntOrString.class);
  }

  private Map<String, JavaType> known(JavaType type) {
    BeanDescription bean = mapper.getDeserializationConfig().introspect(type);
    Map<String, JavaType> known = new HashMap<>();
    for (BeanPropertyDefinition property : bean.findProperties()) {
      known.put(property.getName(), property.getPrimaryType());
    }
    return known;
  }
}
